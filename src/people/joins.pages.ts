import type * as z from 'zod/mini';
import type { peopleJoins } from '#libs/war-room-protocol/organisation';
import { type Html, html } from '#src/platform/http/pages/html';
import { goesOn } from '#src/platform/http/pages/goes-on';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import type { Role } from './people.types.ts';
import { ROLES } from './permissions.types.ts';

type Joins = z.infer<typeof peopleJoins>;
type Join = Joins['joins'][number];
type Suggestion = Joins['suggestions'][number];
type Known = Join['person'];

const HERE = '/settings/people/joins';
const BOXES = `${HERE}/shared-mailboxes`;

const WHY: Readonly<Record<Join['evidence'], string>> = {
  idp: 'their identity provider says so. They may the same by either.',
  mail: 'the same verified mail, in chats that are believed. They may the same by either, but nothing that only an admin may.',
  admin: 'an admin says so. They may the same by either.',
  claim: 'they say so themselves. It is only how they are read: each may what it might before, until an admin confirms it.',
};

/** Which accounts are one person's, who may be, and what is believed. */
export const joinsPage = (joins: Joins, refused: RefusedForm | null = null): Page => ({
  title: 'One person, several accounts',
  body: html`<h1>One person, several accounts</h1>
<p>Whoever speaks in two chats, or in a chat and here, is two people to Muster until there is evidence that they are one. Then they are shown as one, called as one, and may the same by either account. The log keeps by which account something was done, so they can be taken apart again.</p>
<h2>May be one person</h2>
${joins.suggestions.length === 0 ? html`<p>Nobody shares a mail or a name with somebody else.</p>` : html`<ul class="list">${joins.suggestions.map(suggestion)}</ul>`}
<h2>Are one person</h2>
${joins.joins.length === 0 ? html`<p>Nobody yet.</p>` : html`<ul class="list">${joins.joins.map(joined)}</ul>`}
${goesOn(joins)}
<h2>Say that two are one</h2>
<form method="post" action="${HERE}">${whyRefused(refused, HERE)}<label for="one">One: their name as Muster shows it, or their id</label>
<input type="text" id="one" name="one" value="${typed(refused, HERE, 'one')}" required autocomplete="off">
<label for="other">The other: their name, or their id</label>
<input type="text" id="other" name="other" value="${typed(refused, HERE, 'other')}" required autocomplete="off">
<button>They are one person</button></form>
<h2>Chats that are believed</h2>
<p>Where two chats that are believed tell the same verified mail of one account each, the two are one person by themselves, and that account sees the private incidents of the other. Believe a chat only if nobody can have an account there with a mail that is not theirs: not one that outsiders join as they like.</p>
${joins.chats.length === 0 ? html`<p>No chat is connected. <a href="/adapters">Chats</a></p>` : html`<ul class="list">${joins.chats.map(chat)}</ul>`}
<h2>Mailboxes that several people read</h2>
<p>Nobody is known by these. Addresses of a task, such as oncall@ or support@, are left out anyhow.</p>
${joins.sharedMailboxes.length > 0 && html`<ul class="list">${joins.sharedMailboxes.map(mailbox)}</ul>`}
<form method="post" action="${BOXES}">${whyRefused(refused, BOXES)}<input type="hidden" name="shared" value="yes"><label for="address">Address</label>
<input type="email" id="address" name="address" value="${typed(refused, BOXES, 'address')}" required autocomplete="off">
<button>Several people read it</button></form>
<p><a href="/settings/people">People</a> · <a href="/settings">All settings</a></p>`,
});

const BECAUSE: Readonly<Record<Suggestion['because'], string>> = { idp: 'Same identity', mail: 'Same mail', name: 'Same name' };

const suggestion = ({
  one,
  other,
  because,
  shared,
}: Suggestion): Html => html`<li><b>${BECAUSE[because]}: ${shared}</b>${because === 'name' && html`. That alone says nothing: look at their accounts.`}
<ul><li>${known(one)}</li><li>${known(other)}</li></ul>
<p>${whatFollows(one, other)}</p>
${decide(HERE, one, other, 'They are one person')}
${decide(`${HERE}/apart`, one, other, 'They are two')}</li>\n`;

const joined = ({
  person,
  to,
  evidence,
  at,
}: Join): Html => html`<li>${known(person)}<br>is ${known(to)}<br>since ${at.slice(0, 10)}: ${WHY[evidence]}
${(evidence === 'claim' || evidence === 'mail') && html`<p>Confirmed: ${whatFollows(person, to)}</p>${decide(HERE, person, to, 'Confirm')}`}
${decide(`${HERE}/apart`, person, to, 'They are two')}</li>\n`;

const decide = (action: string, one: Known, other: Known, does: string): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="one" value="${one.id}"><input type="hidden" name="other" value="${other.id}"><button aria-label="${does}: ${called(one)} and ${called(other)}">${does}</button></form>`;

/** Said before it is decided: nobody is let in without anybody meaning it. */
function whatFollows(one: Known, other: Known): string {
  const [less, more] = [one, other].sort((a, b) => rankOf(a) - rankOf(b)) as [Known, Known];
  const rights = less.role === more.role ? '' : `${called(less)} may then do what ${called(more)} may, as ${more.role}. `;
  return `${rights}As one person they see the private incidents of either.`;
}

const rankOf = ({ role }: Known): number => ROLES.indexOf(role as Role);

/** Short, and no other's. */
const called = ({ name, id, accounts }: Known): string => {
  const [first] = accounts;
  return `${name} (${first ? `${first.chat} ${first.user}` : id.slice(-6)})`;
};

function known({ id, name, role, metAt, accounts, signsIn, incidents }: Known): Html {
  const chats = accounts.map(
    ({ chat: where, user, mail, isMailVerified }) =>
      html`${where} ${user}${mail !== null && html`, ${mail}${!isMailVerified && html` (not verified)`}`}; `,
  );
  return html`<b>${name}</b>, ${role}<br><small>${chats}${signsIn && html`signs in here; `}${incidents === 1 ? 'took part in 1 incident' : `took part in ${incidents} incidents`}; known since ${metAt.slice(0, 10)}; id ${id}</small>`;
}

const chat = ({ id, name, trusted }: Joins['chats'][number]): Html =>
  html`<li><form method="post" action="${HERE}/chats/${id}">${name}: ${trusted ? 'believed' : 'not believed'} <input type="hidden" name="trusted" value="${trusted ? 'no' : 'yes'}"><button aria-label="${trusted ? 'Do not believe' : 'Believe'} ${name}">${trusted ? 'Do not believe it any more' : 'Believe it'}</button></form></li>\n`;

const mailbox = (address: string): Html =>
  html`<li><form method="post" action="${BOXES}">${address} <input type="hidden" name="address" value="${address}"><input type="hidden" name="shared" value="no"><button aria-label="${address} is one person’s">It is one person’s</button></form></li>\n`;
