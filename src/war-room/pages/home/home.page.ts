import type { IncidentView } from '#libs/war-room-protocol/views';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { AtTheDoor } from '#src/people/people.types';
import { severityMark } from '../room/room.page.ts';
import { age } from '../times.ts';
import { emptyDraft } from './declare-draft.ts';
import { declareForm } from './declare.page.ts';

export interface Home {
  readonly incidents: readonly IncidentView[];
  /** There are more than these. */
  readonly more: boolean;
  readonly viewer: AtTheDoor;
  readonly key: string;
  readonly now: string;
}

/** What is going on now, worst first, and a form to declare what is not in the list. */
export function homePage({ incidents, more, viewer, key, now }: Home): Page {
  const isGuest = viewer.role === 'guest';
  return {
    title: 'Incidents',
    home: '/lite',
    body: html`<h1>Incidents</h1>
${incidents.length === 0 ? html`<p>Nothing is going on.</p>` : html`<ul class="list">${incidents.map((incident) => row(incident, now))}</ul>`}
${more && html`<p>These ${incidents.length} are the worst. More are open: <a href="/search">search</a> finds them.</p>`}
${isGuest ? html`<p>You only practise here: real incidents are not shown. <a href="/practice">Go to your practice</a>, or <a href="/sign-in">sign in</a> to declare one.</p>` : html`<h2>Declare</h2>${declareForm(emptyDraft(key), null)}`}
<h2>${isGuest ? 'You are practising' : `You are ${viewer.person.name}`}</h2>
<nav aria-label="More"><a href="/">Full page</a> · <a href="/search">Search</a>${!isGuest && html` · <a href="/adapters">Chats</a> · <a href="/drill">Drills</a> · <a href="/settings?plain">Settings</a>`}</nav>
${!isGuest && html`<form method="post" action="/invitations"><button>Invite somebody</button></form>`}
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  };
}

function row({ number, title, severity, status, lead, declaredAt, isPrivate }: IncidentView, now: string): Html {
  return html`<li>${severityMark(severity)} <a href="/lite/i/${number}">${number} ${title}</a><br><small>${isPrivate && 'private, '}${status}, open ${age(declaredAt, now)}, ${lead ? `${lead.name} leads` : 'nobody leads yet'}</small></li>\n`;
}
