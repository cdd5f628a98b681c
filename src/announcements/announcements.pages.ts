import { type Audience, audience } from '#libs/war-room-protocol/announcements';
import { kinds, severities } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import type { Rule, Workspace } from './announcements.types.ts';

const ALL = '/settings/announcements';

const WORDS: Record<Audience, { readonly title: string; readonly says: string }> = {
  everyone: {
    title: 'Everybody',
    says: 'A room that the company reads, such as #incidents.',
  },
  support: {
    title: 'Support',
    says: 'The room of those who talk to customers. They are told what customers see, who leads and when the next update comes, and again when it is over.',
  },
};

/** Where incidents are announced, with a form for each chat and each kind of reader. */
export const announcementsPage = (workspaces: readonly Workspace[], rules: readonly Rule[], refused: RefusedForm | null = null): Page => ({
  title: 'Announcements',
  body: html`<h1>Announcements</h1>
<p>Each incident gets one post in these rooms. It is kept up to date in its place, and what people answer beneath it is read in the incident, where Muster is in the room: invite it there. In a public channel of Slack it can post without, and hears nothing. A private incident is never announced, nor a practice. <code>/incident announce</code> in an incident's room announces that one, whatever is set here.</p>
${workspaces.length === 0 && html`<p>No chat is connected yet. <a href="/adapters">Connect one</a> first.</p>`}
${workspaces.map(
  (
    workspace,
  ) => html`<h2>${workspace.name}${workspaces.filter(({ name }) => name === workspace.name).length > 1 && html` <small>${workspace.tenant}</small>`}</h2>
${audience.options.map((whose) => one(workspace, whose, rules.find(isOf(workspace, whose)), refused))}`,
)}
<p><a href="/settings">All settings</a></p>`,
});

const isOf =
  ({ instance, tenant }: Workspace, whose: Audience) =>
  (rule: Rule): boolean =>
    rule.instance === instance && rule.tenant === tenant && rule.audience === whose;

function one({ instance, tenant, name }: Workspace, whose: Audience, rule: Rule | undefined, refused: RefusedForm | null): Html {
  const its = `${ALL}/${instance}/${encodeURIComponent(tenant)}/${whose}`;
  const id = `${instance}-${tenant}-${whose}`;
  const { title, says } = WORDS[whose];
  const severity = typed(refused, its, 'severity', rule?.severity ?? 'SEV2');
  const chosen = refused?.action === its ? [refused.fields['kinds'] ?? []].flat() : (rule?.kinds ?? ['standard']);
  return html`<h3>${title}</h3>
<p id="says-${id}">${rule ? html`Announced in <b>${rule.roomName}</b>. ` : html`Nothing is announced here yet. `}${says}</p>
${rule?.trouble && html`<p class="problem" role="alert">The last announcement was refused. ${rule.trouble}</p>`}
<form method="post" action="${its}" aria-describedby="says-${id}">${whyRefused(refused, its)}<label for="room-${id}">The room's link in ${name}, or its id</label>
<input type="text" id="room-${id}" name="room" value="${typed(refused, its, 'room', rule?.room ?? '')}" required maxlength="300" autocomplete="off" spellcheck="false">
<p>In Slack: the channel's name, then "Copy link". Invite Muster to it (<code>/invite</code>), so that it hears what is answered there.</p>
<label for="severity-${id}">Announced from</label>
<select id="severity-${id}" name="severity">${severities.map((each) => html`<option value="${each.name}"${each.name === severity && html` selected`}>${each.name} ${each.label}${each.name === 'SEV1' ? '' : ' and worse'}</option>`)}</select>
<fieldset><legend>Of which kinds</legend>${kinds.map((kind) => html`<label class="choice"><input type="checkbox" name="kinds" value="${kind.name}"${chosen.includes(kind.name) && html` checked`}>${kind.label}</label>\n`)}</fieldset>
<button class="primary" aria-label="${`${rule ? 'Save' : 'Announce there'}: ${title}, ${name}`}">${rule ? 'Save' : 'Announce there'}</button></form>
${rule && html`<form method="post" action="${its}/remove"><button aria-label="${`Announce nothing there any more: ${title}, ${name}`}">Announce nothing there any more</button></form>`}\n`;
}
