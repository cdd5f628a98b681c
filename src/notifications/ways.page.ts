import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { WayKind, WayList, WayView } from './notifications.types.ts';

export interface Said {
  readonly text: string;
  readonly isProblem: boolean;
}

/** What somebody typed, by the names of the fields; shown again when it could not be used. */
export type Draft = Readonly<Record<string, string>>;

const KINDS: Readonly<Record<WayKind, { readonly name: string; readonly says: string }>> = {
  smtp: { name: 'Mail', says: 'Each who takes part is told at their own address.' },
  webhook: { name: 'Signed webhook', says: 'Another system is told by a request that it can check.' },
  pagerduty: { name: 'PagerDuty', says: 'An alert is opened, and resolved when the chat is back.' },
  chat: {
    name: 'Another chat',
    says: 'Each who takes part and has an account there is told alone, in whichever chat is not the one that is down.',
  },
};

/** All ways by which people are told, whether they are enough, and a form for another one of each kind. */
export const waysPage = ({ ways, enough, say, chats }: WayList, draft: Draft, problem: string | null): Page => ({
  title: 'Notices',
  body: html`<h1>Notices</h1>
<p>How people are told when a chat is down, and that it is back: by every way here, at once.</p>
<p${!enough && html` class="trouble"`}>${say}</p>
${ways.length > 0 && html`<ul class="list">${ways.map(item)}</ul>`}
<h2>Another way</h2>
${problem !== null && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
${(Object.keys(KINDS) as WayKind[]).map((kind) => form(kind, draft, problem, chats))}
<p><a href="/settings/mail">Your own address</a> · <a href="/settings">All settings</a></p>`,
});

const form = (
  kind: WayKind,
  draft: Draft,
  problem: string | null,
  chats: WayList['chats'],
): Html => html`<details${draft['kind'] === kind && html` open`}><summary>${KINDS[kind].name}</summary>
<p>${KINDS[kind].says}</p>
<form method="post" action="/settings/notices"><input type="hidden" name="kind" value="${kind}">
${wayFields(kind, draft['kind'] === kind ? draft : {}, draft['kind'] === kind && problem !== null, chats)}
<button class="primary">Set it up</button></form></details>\n`;

/** The fields of one, for setting it up and for changing it. */
export function wayFields(kind: WayKind, draft: Draft, isProblem: boolean, chats: WayList['chats'] = []): Html {
  const described = isProblem && html` aria-describedby="problem"`;
  const field = (name: string, label: string, more: Html): Html =>
    html`<label for="${kind}-${name}">${label}</label>\n<input id="${kind}-${name}" name="${name}" autocomplete="off" ${more}${described}>\n`;
  const name = field(
    'name',
    'How is it called here?',
    html`type="text" maxlength="40" required value="${draft['name'] ?? KINDS[kind].name}"`,
  );
  const secret = (label: string, required: boolean): Html =>
    field('secret', label, html`type="password" maxlength="500"${required && html` required`}`);
  switch (kind) {
    case 'smtp':
      return html`${name}${field('host', 'Mail server', html`type="text" required maxlength="253" placeholder="smtp.example.com" value="${draft['host'] ?? ''}"`)}
${field('port', 'Port', html`type="text" inputmode="numeric" required value="${draft['port'] ?? '587'}"`)}
<label for="smtp-security">Encryption</label>
<select id="smtp-security" name="security">${[
        ['starttls', 'STARTTLS (mostly port 587)'],
        ['tls', 'TLS (mostly port 465)'],
        ['none', 'None: a mail server on this machine'],
      ].map(
        ([value = '', words]) => html`<option value="${value}"${draft['security'] === value && html` selected`}>${words}</option>`,
      )}</select>
${field('user', 'Name to log in with (empty for none)', html`type="text" maxlength="254" value="${draft['user'] ?? ''}"`)}
${secret('Password', false)}
${field('from', 'Mails are from', html`type="email" required maxlength="254" placeholder="muster@example.com" value="${draft['from'] ?? ''}"`)}`;
    case 'webhook':
      return html`${name}${field('url', 'Its address', html`type="url" required maxlength="2000" placeholder="https://…" value="${draft['url'] ?? ''}"`)}`;
    case 'pagerduty':
      return html`${name}${secret('Integration key (Events API v2)', draft['id'] === undefined)}
${field('url', 'Service region', html`type="url" required maxlength="2000" value="${draft['url'] ?? 'https://events.pagerduty.com'}"`)}
<p><small>In the European region it is https://events.eu.pagerduty.com.</small></p>`;
    case 'chat':
      // Another chat is another way: what is proven of the one says nothing of the other.
      if (draft['id'] !== undefined) return html`${name}<input type="hidden" name="chat" value="${draft['chat'] ?? ''}">`;
      return html`${name}<label for="chat-chat">Chat</label>
<select id="chat-chat" name="chat" required${described}>${chats.map(({ id, name: called }) => html`<option value="${id}">${called}</option>`)}</select>
${chats.length === 0 && html`<p><small>No chat is connected in which Muster can write to somebody alone.</small></p>`}`;
  }
}

/** A way's name and how it is, for a list of them. */
const item = (way: WayView): Html =>
  html`<li><a href="/settings/notices/${way.id}"><b>${way.name}</b></a> ${KINDS[way.kind].name}<br><small>Needs ${way.needs}.</small><br>${stateOf(way)}</li>\n`;

export function stateOf({ state, off, provenAt, answeredAt, problem, kind }: WayView): Html {
  const proven = provenAt && html` Last proven ${moment(provenAt)}.`;
  const answered = kind === 'smtp' && answeredAt && html` The mail server last answered ${moment(answeredAt)}.`;
  switch (state) {
    case 'proven':
      return html`It works.${proven}${answered}`;
    case 'stale':
      return html`<span class="trouble">It is too long ago that it was seen to work.</span>${proven}${answered}`;
    case 'unproven':
      return html`<span class="trouble">It was never seen to work.</span>${answered}${kind === 'smtp' && html` <a href="/settings/mail">Confirm your own address</a>: that proves it.`}`;
    case 'failing':
      return html`<span class="trouble">It does not work. ${problem}</span>${proven}`;
    case 'off':
      return html`<span class="trouble">Off since ${off && moment(off.since)}: ${off?.why === 'restored' ? 'a backup was restored, and this Muster may not be the one that is to tell people' : 'somebody switched it off'}.</span>`;
  }
}

const moment = (iso: string): Html => html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
