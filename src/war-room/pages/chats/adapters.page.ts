import type { SetupStep } from '@musterhq/chat-port';
import type { ChatHealth } from '#src/outage/outage.queries';
import { type Html, type Part, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Choice } from './first-config.ts';

interface Known {
  readonly id: string;
  readonly name: string;
}

export function adaptersPage(chats: readonly ChatHealth[], known: readonly Known[]): Page {
  return {
    title: 'Chats',
    home: '/lite',
    body: html`<h1>Chats</h1>
${chats.length === 0 ? html`<p>No chat is connected. Rooms live here alone.</p>` : html`<ul class="list">${chats.map(chatRow)}</ul>`}
<h2>Set up</h2>
<ul>${known.map(({ id, name }) => html`<li><a href="/adapters/${id}/setup">${name}</a></li>`)}</ul>
<p><a href="/lite">Back to the incidents</a></p>`,
  };
}

function chatRow({ name, state, say }: ChatHealth): Html {
  const isWell = state === 'ok' || state === 'starting';
  return html`<li><b>${name}</b> <span${!isWell && html` class="trouble"`}>${say}</span></li>\n`;
}

export interface ShownSetup {
  readonly plugin: Known;
  readonly steps: readonly SetupStep[];
  readonly choices: readonly Choice[];
  /** What the environment lacks, in sentences. */
  readonly missing: readonly string[];
  /** Where this Muster is. */
  readonly address: string;
}

/** What is left to do before a chat works, with what has to be copied. */
export function setupPage({ plugin, steps, choices, missing, address }: ShownSetup): Page {
  return {
    title: `Set up ${plugin.name}`,
    home: '/lite',
    copies: true,
    body: html`<h1>Set up ${plugin.name}</h1>
${choices.map(choiceForm)}
<ol>${steps.map((step) => stepItem(plugin.id, step))}</ol>
<h2>Then start Muster again</h2>
<p>Muster reads these settings from its environment when it starts. Start it with <code>CHAT_ADAPTERS=${plugin.id}</code> and the settings above. This Muster says it is at <code>${address}</code>; a chat that sends to it has to reach it there.</p>
${missing.length > 0 && html`<p>Still missing:</p><ul>${missing.map((line) => html`<li>${line}</li>`)}</ul>`}
<p><a href="/adapters">All chats</a></p>`,
  };
}

function choiceForm({ name, about, options, chosen }: Choice): Html {
  return html`<form method="get"><label for="choice-${name}">${about}</label>
<select id="choice-${name}" name="${name}">${options.map(({ value, says }) => html`<option value="${value}"${value === chosen && html` selected`}>${says}</option>`)}</select>
<button>Show the steps for this</button></form>`;
}

function stepItem(plugin: string, { id, title, done, say, give }: SetupStep): Html {
  return html`<li><h2>${title}${done && ' (done)'}</h2><p>${withLinks(say)}</p>${give && gift(plugin, id, give)}</li>\n`;
}

const ADDRESS = /(https:\/\/[^\s"]*[^\s".,;:)])/;

const withLinks = (say: string): readonly Part[] =>
  say.split(ADDRESS).map((part, at) => (at % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part));

function gift(plugin: string, id: string, give: NonNullable<SetupStep['give']>): Html {
  if ('download' in give) return html`<p><a href="/adapters/${plugin}/setup/${give.download}">${give.label}</a></p>`;
  const rows = Math.min(20, give.text.split('\n').length + 1);
  return html`<label for="give-${id}">${give.label}, to copy</label>
<textarea id="give-${id}" rows="${rows}" readonly data-copy spellcheck="false">
${give.text}</textarea>`;
}

export const noSetupPage = (plugin: Known): Page => ({
  title: `Set up ${plugin.name}`,
  home: '/lite',
  body: html`<h1>Set up ${plugin.name}</h1><p>${plugin.name} has no steps to show here. Its settings are in <code>docs/configuration.md</code>; set them, and start Muster again.</p><p><a href="/adapters">All chats</a></p>`,
});
