import { LOOPBACK } from '#src/platform/config/addresses-of';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { FEW, type CodesStanding } from './printed-codes.service.ts';
import { may } from './permissions.types.ts';
import type { AtTheDoor } from './people.types.ts';
import type { SheetFacts } from './sheet.service.ts';

export interface SheetToShow extends SheetFacts {
  readonly standing: CodesStanding;
  /** Those that were made just now; none of them is ever shown again. */
  readonly codes: readonly string[];
  readonly viewer: AtTheDoor;
  readonly madeAt: Date;
}

/** What somebody has on paper when nothing else works. It fits on one page; what is only for the screen is not printed. */
export function sheetPage({ addresses, numbers, standing, codes, viewer, madeAt }: SheetToShow): Page {
  const isOwn = standing.person.id === viewer.person.id;
  const [first = ''] = addresses;
  return {
    title: 'Sheet',
    body: html`<h1>When nothing else works: how to reach the war room</h1>
<p>For <b>${standing.person.name}</b>, made on ${moment(madeAt.toISOString())}. Print it, and keep it where you are when you are called.</p>
${codes.length > 0 ? html`<p class="say on-screen" role="status">Here are ${codes.length} new codes. They are shown only now, and those printed before are good no more: print this page before you leave it (Ctrl+P).</p>` : codesForm(standing, isOwn)}
<h2>Where it is</h2>
<ul>${addresses.map((address) => html`<li><code>${address}</code></li>`)}</ul>
${addresses.every(isHere) && html`<p class="problem">Only the machine on which Muster runs can open ${addresses.length === 1 ? 'this' : 'these'}. An admin sets <code>PUBLIC_URL</code> to the address at which people reach it (<code>docs/configuration.md</code>); then print again.</p>`}
<p>They lead to the same rooms: where one does not open, try the next, and another network, such as your phone's. An incident is at its number, <code>${first}/i/INC-1</code>; an old browser or a bad line takes <code>${first}/lite</code>.</p>
<h2>Whom to call</h2>
${numbers.length === 0 ? html`<p>No number was given yet. ${may(viewer.role, 'settings.change') ? html`<span class="on-screen"><a href="/settings/sheet">Give some</a>, then print again.</span>` : 'Ask an admin to put some here, under Settings.'}</p>` : html`<ul>${numbers.map((number) => html`<li>${number}</li>`)}</ul>`}
<h2>How to get in</h2>
<ol>
<li>A browser that you used within the last 30 days still has you signed in. Open an address from above.</li>
<li>With a passkey: <q>Sign in with a passkey</q> at <code>${first}/sign-in</code>, on a device that has one of yours.</li>
<li>Otherwise write a code from this sheet at <code>${first}/sign-in</code>. Each works once: cross it out.</li>
<li>Or somebody who is in presses <q>Invite somebody</q>, and sends or reads you the link.</li>
<li>Whoever gets at the machine on which Muster runs: <code>npm run sign-in</code>, in its folder, prints a link for the admin.</li>
</ol>
${codes.length > 0 ? html`<h2>Codes</h2><ol class="codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol><p>Whoever has one of them is taken for ${isOwn ? 'you' : standing.person.name}. Lost the paper? Print a new one: these end.</p>` : html`<p>This sheet was made without codes${standing.left > 0 && html`. ${theCodes(standing)} are on the one of ${moment(standing.printedAt ?? '')}`}.</p>`}
<h2>When the chat is down</h2>
<p>Everything works in the war room: declaring, writing, files, severity, lead, updates. Signing in asks neither the chat nor anybody else. What is written there is said in the chat when it is back, and what people wrote in the chat meanwhile is read from its history. What does not work is the chat's own: commands and buttons there. Do it in the war room.</p>
<h2>When nobody can sign in</h2>
<ol>
<li>Call a number from above, and ask for anybody who is still in: they can invite everybody.</li>
<li>Wake whoever runs Muster. What they do is in <code>docs/runbooks/nobody-can-sign-in.md</code>.</li>
<li>Work on by phone. Write down what happens, with the time in UTC: later <code>/timeline 14:05 what happened</code> in the room puts it where it belongs.</li>
</ol>
<p class="on-screen">${isOwn ? html`<a href="/settings">All settings</a>` : html`<a href="/settings/people">People</a> · <a href="/settings">All settings</a>`}</p>`,
  };
}

/** How many codes there are, and a button for new ones. */
function codesForm(standing: CodesStanding, isOwn: boolean): Html {
  const { person, left, printedAt, printedBy } = standing;
  const whose = isOwn ? 'You have' : `${person.name} has`;
  return html`<div class="on-screen">
${printedAt === null ? html`<p>${whose} no codes on paper. With ten of them ${isOwn ? 'you get' : `${person.name} gets`} in when no link reaches anybody.</p>` : html`<p${left <= FEW && html` class="problem"`}>${whose} ${left === 0 ? 'no code' : theCodes(standing)} left, printed on ${moment(printedAt)} by ${printedBy}.${left <= FEW && ' Print new ones.'} New ones end the old.</p>`}
<form method="post" action="/sheet">${!isOwn && html`<input type="hidden" name="for" value="${person.id}">`}
<button class="primary" name="do" value="print">Make ten new codes, and the sheet with them</button>
${left > 0 && html`<button name="do" value="end">End all codes</button>`}</form>
</div>`;
}

const theCodes = ({ left }: CodesStanding): string => (left === 1 ? 'one code' : `${left} codes`);

const isHere = (address: string): boolean => LOOPBACK.test(new URL(address).hostname);

const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
