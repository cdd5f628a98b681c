import type { SetupStep } from '@musterhq/chat-port';
import type { ChatList } from '#libs/war-room-protocol/views';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';

interface Known {
  readonly id: string;
  readonly name: string;
}

export function adaptersPage(chats: ChatList['chats'], known: readonly Known[]): Page {
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

function chatRow({ name, state, say, pretend }: ChatList['chats'][number]): Html {
  const isWell = state === 'ok' || state === 'starting';
  return html`<li><b>${name}</b>${pretend && ' (pretend)'} <span${!isWell && html` class="trouble"`}>${say}</span></li>\n`;
}

/** What is left to do before a chat works, with what has to be copied. */
export function setupPage(plugin: Known, steps: readonly SetupStep[], variables: readonly string[]): Page {
  return {
    title: `Set up ${plugin.name}`,
    home: '/lite',
    body: html`<h1>Set up ${plugin.name}</h1>
<ol>${steps.map((step) => stepItem(plugin.id, step))}</ol>
<h2>Then start Muster again</h2>
<p>Muster reads these from its environment when it starts. Start it with <code>CHAT_ADAPTERS=${plugin.id}</code> and the settings above.</p>
${variables.length > 0 && html`<p>Still missing:</p><ul>${variables.map((line) => html`<li>${line}</li>`)}</ul>`}
<p><a href="/adapters">All chats</a></p>`,
  };
}

function stepItem(plugin: string, { id, title, done, say, give }: SetupStep): Html {
  return html`<li><h2>${title}${done && ' (done)'}</h2><p>${say}</p>${give && gift(plugin, id, give)}</li>\n`;
}

function gift(plugin: string, id: string, give: NonNullable<SetupStep['give']>): Html {
  if ('download' in give) return html`<p><a href="/adapters/${plugin}/setup/${give.download}">${give.label}</a></p>`;
  const rows = Math.min(20, give.text.split('\n').length + 1);
  return html`<label for="give-${id}">${give.label}, to copy</label>
<textarea id="give-${id}" rows="${rows}" readonly spellcheck="false">
${give.text}</textarea>`;
}

export const noSetupPage = (plugin: Known): Page => ({
  title: `Set up ${plugin.name}`,
  home: '/lite',
  body: html`<h1>Set up ${plugin.name}</h1><p>${plugin.name} has no steps to show here. Its settings are in <code>docs/configuration.md</code>; set them, and start Muster again.</p><p><a href="/adapters">All chats</a></p>`,
});
