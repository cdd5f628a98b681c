import type { ChatHealth } from '#src/outage/outage.queries';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';

interface Known {
  readonly id: string;
  readonly name: string;
}

/** `isAdmin`: who is shown what adapters say in their own words, and how chats are set up. */
export function adaptersPage(chats: readonly ChatHealth[], known: readonly Known[], platforms: readonly Known[], isAdmin: boolean): Page {
  return {
    title: 'Chats',
    home: '/lite',
    body: html`<h1>Chats</h1>
${chats.length === 0 ? html`<p>No chat is connected. Rooms live here alone.</p>` : html`<ul class="list">${chats.map((chat) => chatRow(chat, isAdmin))}</ul>`}
<h2>Set up</h2>
<ul>${known.map(({ id, name }) => html`<li><a href="/adapters/${id}/setup">${name}</a></li>`)}</ul>
${isAdmin && platforms.length > 0 && anotherForm(platforms)}
<p><a href="/lite">Back to the incidents</a></p>`,
  };
}

function chatRow({ id, name, state, say, detail }: ChatHealth, isAdmin: boolean): Html {
  const isWell = state === 'ok' || state === 'starting';
  return html`<li><b>${name}</b>${name !== id && html` <small>${id}</small>`} <span${!isWell && html` class="trouble"`}>${say}</span>${isAdmin && detail !== undefined && html` <span>It says: ${detail}</span>`}</li>\n`;
}

function anotherForm(platforms: readonly Known[]): Html {
  return html`<form method="get" action="/adapters/another"><h2>Another one</h2>
<p>Two workspaces, say, each with an app of its own.</p>
<label for="another-plugin">Of</label><select id="another-plugin" name="plugin">${platforms.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>
<label for="another-name">What people will call it</label><input id="another-name" name="name" required maxlength="40" placeholder="Slack Europe">
<p><button>Set it up</button></p></form>`;
}
