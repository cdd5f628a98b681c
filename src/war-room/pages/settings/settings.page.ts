import { type Action, may } from '#src/people/permissions.types';
import type { AtTheDoor } from '#src/people/people.types';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';

interface Setting {
  readonly path: string;
  readonly name: string;
  readonly says: string;
  readonly needs: Action;
}

const SETTINGS: readonly Setting[] = [
  { path: '/settings/teams', name: 'Teams', says: 'People who are called together, by one name.', needs: 'team.see' },
  { path: '/settings/passkeys', name: 'Your passkeys', says: 'How you get in with a touch, asking nobody else.', needs: 'passkey.have' },
  { path: '/settings/tokens', name: 'Tokens', says: 'For programs that see and do something in your name.', needs: 'token.make' },
  { path: '/settings/mail', name: 'Your mail', says: 'Where you are told when a chat is down.', needs: 'notice.address' },
  { path: '/sheet', name: 'Your sheet', says: 'On paper: how you get in when nothing else works.', needs: 'code.print' },
  { path: '/adapters', name: 'Chats', says: 'Where rooms are heard as well, and how each chat is.', needs: 'team.see' },
  { path: '/drill', name: 'Drills', says: 'A team rehearses an outage of its chat, and is scored.', needs: 'drill.see' },
  { path: '/settings/people', name: 'People', says: 'Who is in the organisation, and what each of them may do.', needs: 'people.manage' },
  {
    path: '/settings/roles',
    name: 'Roles',
    says: 'What somebody can be in an incident, and what they are told then.',
    needs: 'settings.change',
  },
  { path: '/settings/statuses', name: 'Statuses', says: 'Where an incident can stand, in your own words.', needs: 'settings.change' },
  {
    path: '/settings/announcements',
    name: 'Announcements',
    says: 'Where incidents are told to everybody, and to support.',
    needs: 'settings.change',
  },
  {
    path: '/settings/archiving',
    name: 'Archiving',
    says: 'When the channels of incidents that are over are archived.',
    needs: 'settings.change',
  },
  { path: '/settings/notices', name: 'Notices', says: 'How people are told when a chat is down.', needs: 'notice.manage' },
  { path: '/settings/sheet', name: 'Sheet', says: 'Numbers and bridges on the sheet that everybody prints.', needs: 'settings.change' },
  { path: '/settings/webhooks', name: 'Webhooks', says: 'Other systems that are told what happens.', needs: 'webhook.manage' },
  { path: '/audit', name: 'Audit', says: 'What was changed in the settings, when and by whom.', needs: 'audit.read' },
  { path: '/operations', name: 'Operations', says: 'How Muster itself is: what waits, and what was put aside.', needs: 'operations.see' },
];

/** What this person can set, all of it. `home`: where they came from, with a script or without. */
export function settingsPage({ person, role }: AtTheDoor, home: '/' | '/lite'): Page {
  const theirs = SETTINGS.filter(({ needs }) => may(role, needs));
  return {
    title: 'Settings',
    home,
    body: html`<h1>Settings</h1>
<p>${role === 'guest' ? html`You only practise here, and there is nothing to set. <a href="/sign-in">Sign in</a> to work with real incidents.` : html`You are ${person.name}, ${role === 'admin' ? 'an admin.' : `a ${role}. What only admins may set is not shown.`}`}</p>
<ul class="list">${theirs.map(row)}</ul>
${home === '/' && html`<p>Theme, times and single keys are yours alone, on each device: "Help and settings" in a room or in the list of incidents, or the key <kbd>?</kbd> there.</p>`}
<p><a href="${home}">Back to the incidents</a></p>`,
  };
}

const row = ({ path, name, says }: Setting): Html => html`<li><a href="${path}"><b>${name}</b></a><br>${says}</li>\n`;
