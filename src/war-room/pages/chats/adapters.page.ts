import { isSafeHref } from '#libs/rich-text/safe-href';
import { chatWordWords, wordOn } from '#libs/war-room-protocol/chat-word';
import type { ChatChange, ChatHealth } from '#src/outage/outage.queries';
import type { PlatformsWord } from '#src/outage/status-feed.queries';
import { may } from '#src/people/permissions.types';
import type { Role } from '#src/people/people.types';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';

interface Known {
  readonly id: string;
  readonly name: string;
}

interface About {
  /** Admins are shown what adapters say in their own words, and how chats are set up. */
  readonly role: Role;
  /** What follows from their word on a chat. */
  readonly said: string | null;
  /** The latest first. */
  readonly changes: readonly ChatChange[];
  /** By chat: what catching up with it costs. */
  readonly costs: ReadonlyMap<string, string>;
  /** By chat: what its platform says in public. */
  readonly says: ReadonlyMap<string, PlatformsWord>;
}

export function adaptersPage(
  chats: readonly ChatHealth[],
  known: readonly Known[],
  platforms: readonly Known[],
  { role, said, changes, costs, says }: About,
): Page {
  const isAdmin = role === 'admin';
  return {
    title: 'Chats',
    home: '/lite',
    body: html`<h1>Chats</h1>
${said !== null && html`<p role="status">${said} <a href="/adapters">Look again</a></p>`}
${chats.length === 0 ? html`<p>No chat is connected. Rooms live here alone.</p>` : html`<ul class="list">${chats.map((chat) => chatRow(chat, role, costs.get(chat.id), says.get(chat.id)))}</ul>`}
${
  changes.length > 0 &&
  html`<h2>What became of them</h2>
<ol class="flow" reversed>${changes.map(changeRow)}</ol>`
}
<h2>Set up</h2>
<ul>${known.map(({ id, name }) => html`<li><a href="/adapters/${id}/setup">${name}</a></li>`)}</ul>
${isAdmin && platforms.length > 0 && anotherForm(platforms)}
<p><a href="/lite">Back to the incidents</a></p>`,
  };
}

function chatRow(
  { id, name, state, say, detail }: ChatHealth,
  role: Role,
  cost: string | undefined,
  word: PlatformsWord | undefined,
): Html {
  const isWell = state === 'ok' || state === 'starting';
  return html`<li><b>${name}</b>${name !== id && html` <small>${id}</small>`} <span${!isWell && html` class="trouble"`}>${say}</span>${role === 'admin' && detail !== undefined && html` <span>It says: ${detail}</span>`}${word !== undefined && html` <span>${word.say}${linkTo(word.href)}</span>`}${may(role, 'chat.word') && wordForm(id, name, state)}${cost !== undefined && html`<details><summary>What catching up costs</summary><p>${cost}</p></details>`}</li>\n`;
}

/** Where its platform says more. */
const linkTo = (href: string | undefined): Html | false =>
  href !== undefined && isSafeHref(href) && html` <a href="${href}" rel="noreferrer">More</a>`;

/** All times are UTC, as on other pages of a server that knows no reader's zone. */
function changeRow({ at, name, from, to, why, strikes, calls, admits }: ChatChange): Html {
  return html`<li><time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time> <b>${name}</b> ${from} → ${to}: ${why} <small>${strikes} missed in a row, ${calls.bad} of ${calls.all} calls failed in the minute before</small>${admits !== undefined && html` ${name} said so too: ${admits.title}.${linkTo(admits.href)}`}</li>
`;
}

/** Folded away, with what follows from it: people are called out of bed. */
function wordForm(id: string, name: string, state: ChatHealth['state']): Html | false {
  const word = wordOn(state);
  if (word === null) return false;
  const { title, follows } = chatWordWords(name, word);
  return html`<details><summary>Say that ${title}</summary><form method="post" action="/adapters/${id}/word"><p>${follows}</p>
<input type="hidden" name="word" value="${word}"><p><button>${title}</button></p></form></details>`;
}

function anotherForm(platforms: readonly Known[]): Html {
  return html`<form method="get" action="/adapters/another"><h2>Another one</h2>
<p>Two workspaces, say, each with an app of its own.</p>
<label for="another-plugin">Of</label><select id="another-plugin" name="plugin">${platforms.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>
<label for="another-name">What people will call it</label><input id="another-name" name="name" required maxlength="40" placeholder="Slack Europe">
<p><button>Set it up</button></p></form>`;
}
