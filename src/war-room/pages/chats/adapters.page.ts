import type { SetupStep } from '@musterhq/chat-port';
import type { ChatHealth } from '#src/outage/outage.queries';
import { type Html, type Part, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Choice } from './first-config.ts';
import type { ChatSetup, NamedSecret } from './setups.ts';

interface Known {
  readonly id: string;
  readonly name: string;
}

/** `isAdmin`: who is shown what adapters say in their own words, and how chats are set up. */
export function adaptersPage(chats: readonly ChatHealth[], known: readonly Known[], isAdmin: boolean): Page {
  return {
    title: 'Chats',
    home: '/lite',
    body: html`<h1>Chats</h1>
${chats.length === 0 ? html`<p>No chat is connected. Rooms live here alone.</p>` : html`<ul class="list">${chats.map((chat) => chatRow(chat, isAdmin))}</ul>`}
<h2>Set up</h2>
<ul>${known.map(({ id, name }) => html`<li><a href="/adapters/${id}/setup">${name}</a></li>`)}</ul>
<p><a href="/lite">Back to the incidents</a></p>`,
  };
}

function chatRow({ id, name, state, say, detail }: ChatHealth, isAdmin: boolean): Html {
  const isWell = state === 'ok' || state === 'starting';
  return html`<li><b>${name}</b>${name !== id && html` <small>${id}</small>`} <span${!isWell && html` class="trouble"`}>${say}</span>${isAdmin && detail !== undefined && html` <span>It says: ${detail}</span>`}</li>\n`;
}

/** What is left to do before a chat works, with what has to be copied. `address`: where this Muster is. */
export function setupPage(setup: ChatSetup, address: string): Page {
  const { id, name, steps, problem, choices, missing, file } = setup;
  return {
    title: `Set up ${name}`,
    home: '/lite',
    copies: true,
    body: html`<h1>Set up ${name}</h1>
${choices.map(choiceForm)}
${problem !== null && html`<p class="trouble">Its adapter cannot say how it is set up: ${problem}</p>`}
${steps && html`<ol>${steps.map((step) => stepItem(id, step))}</ol>`}
${!steps && problem === null && html`<p>${name} has no steps to show here. ${file ? 'What its settings may be is said where its adapter comes from.' : html`Its settings are in <code>docs/configuration.md</code>.`}</p>`}
<h2>Then start Muster again</h2>
${file ? inFile(id, file) : html`<p>Muster reads these settings from its environment when it starts. Start it with <code>CHAT_ADAPTERS=${id}</code> and the settings above.</p>`}
<p>This Muster says it is at <code>${address}</code>; a chat that sends to it has to reach it there, at <code>${address}/hooks/${id}</code>.</p>
${missing.length > 0 && html`<p>Still missing:</p><ul>${missing.map((line) => html`<li>${line}</li>`)}</ul>`}
<p><a href="/adapters">All chats</a></p>`,
  };
}

function inFile(id: string, { path, secrets }: NonNullable<ChatSetup['file']>): Html {
  return html`<p>Its settings are the entry <code>"id": "${id}"</code> of <code>${path}</code>. Muster reads them when it starts.</p>
<p>A secret that a step asks for is named there, with the variable that it is read from: <code>"secrets": { "a-name": { "env": "A_VARIABLE" } }</code>. Set the variable where Muster is started.</p>
${secrets.length > 0 && html`<ul>${secrets.map(secretItem)}</ul>`}`;
}

const secretItem = ({ name, variable, isSet }: NamedSecret): Html =>
  html`<li><code>${name}</code>, from <code>${variable}</code>: ${isSet ? 'set' : 'not set'}</li>`;

function choiceForm({ name, about, options, chosen }: Choice): Html {
  return html`<form method="get"><label for="choice-${name}">${about}</label>
<select id="choice-${name}" name="${name}">${options.map(({ value, says }) => html`<option value="${value}"${value === chosen && html` selected`}>${says}</option>`)}</select>
<button>Show the steps for this</button></form>`;
}

function stepItem(chat: string, { id, title, done, say, give }: SetupStep): Html {
  return html`<li><h2>${title}${done && ' (done)'}</h2><p>${withLinks(say)}</p>${give && gift(chat, id, give)}</li>\n`;
}

const ADDRESS = /(https:\/\/[^\s"]*[^\s".,;:)])/;

const withLinks = (say: string): readonly Part[] =>
  say.split(ADDRESS).map((part, at) => (at % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part));

function gift(chat: string, id: string, give: NonNullable<SetupStep['give']>): Html {
  if ('download' in give) return html`<p><a href="/adapters/${chat}/setup/${encodeURIComponent(give.download)}">${give.label}</a></p>`;
  const rows = Math.min(20, give.text.split('\n').length + 1);
  return html`<label for="give-${id}">${give.label}, to copy</label>
<textarea id="give-${id}" rows="${rows}" readonly data-copy spellcheck="false">
${give.text}</textarea>`;
}
