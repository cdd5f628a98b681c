import { TOKEN } from '#test/support/app';

/**
 * Nobody at all; three of the organisation who have nothing to do with the incident, and who leads it; who only practises;
 * and a token of an admin who takes part, which lacks the scope for what is asked.
 */
export const PEOPLE = ['outsider', 'member', 'responder', 'admin', 'lead', 'guest', 'token'] as const;

/**
 * What each of PEOPLE is answered, in their order; `yes` is the route's own answer. What one may not see is not there: 404.
 * 403 is only for what one sees and may not do.
 *
 * Where an incident is meant, once for one that is open to the organisation, once for one that is private to those in it.
 * With `scope: 'admin'` the token may read and write, and is refused for that.
 */
export const RULES: Readonly<Record<string, Rule>> = {
  anybody: { open: 'yes yes yes yes yes yes yes' },
  'whoever is signed in': { open: '401 yes yes yes yes yes 403' },
  'the organisation': { open: '401 yes yes yes yes 403 403' },
  'the organisation, as it opens doors': { open: '401 yes yes yes yes 403 403', scope: 'admin' },
  responders: { open: '401 403 yes yes 403 403 403' },
  admins: { open: '401 403 403 yes 403 403 403', scope: 'admin' },
  'its owner': { open: '401 404 404 404 yes 404 403' },
  'its owner, or an admin': { open: '401 404 404 yes yes 403 403', scope: 'admin' },
  'whoever sees it': { open: '401 yes yes yes yes 404 403', private: '401 404 404 404 yes 404 403' },
  'whoever sees it and may decide for others': { open: '401 403 yes yes yes 404 403', private: '401 404 404 404 yes 404 403' },
  'whoever leads it, or an admin who sees it': { open: '401 403 403 yes yes 404 403', private: '401 404 404 404 yes 404 403' },
  // Of an open one an admin is told that it needs no such thing; anybody else is told the same of every number.
  'an admin, who lets themselves in': { open: '401 403 403 409 403 403 403', private: '401 403 403 yes 403 403 403', scope: 'admin' },
};

interface Rule {
  readonly open: string;
  readonly private?: string;
  readonly scope?: 'admin';
}

export interface Row {
  /** As the router has it. */
  readonly route: string;
  readonly who: string;
  /** How it answers those who may. 200 unless said. */
  readonly yes?: number;
  /** What a part of the path stands for, where its name does not say it: see THINGS in who-may-what.spec.ts. */
  readonly with?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** A body that those who may send: JSON for the API, a form for a page. `<new>` becomes a new UUID, `<word>` a new word. */
  readonly send?: unknown;
}

const ANNOUNCED = { room: 'R1', severity: 'SEV2', kinds: ['standard'] };
const WAY = { kind: 'webhook', name: 'Board', settings: { url: 'https://webhook.invalid/' } };
const MESSAGE = { id: '<new>', type: 'message', body: { text: 'We look into it' } };

export const ROUTES: readonly Row[] = [
  // The process itself, and what every page needs.
  { route: 'GET /health/live', who: 'anybody' },
  { route: 'GET /health/ready', who: 'anybody' },
  { route: 'GET /api/openapi.json', who: 'anybody' },
  // Prometheus has a token of its own, and here none is set.
  { route: 'GET /metrics', who: 'anybody', yes: 404 },
  { route: 'GET /lite.css', who: 'anybody' },
  { route: 'GET /copy.js', who: 'anybody' },
  { route: 'GET /assets/*path', who: 'anybody', yes: 404 },

  // The doors.
  { route: 'GET /sign-in', who: 'anybody' },
  { route: 'POST /sign-in', who: 'anybody', yes: 303, send: { token: TOKEN } },
  { route: 'GET /sign-in/:token', who: 'anybody', with: { token: 'invitation' } },
  { route: 'POST /sign-in/:token', who: 'anybody', yes: 303, with: { token: 'invitation' }, send: { name: 'Newcomer' } },
  { route: 'GET /confirm', who: 'whoever is signed in' },
  // Passkeys. The address of this one is a number, at which browsers have none.
  { route: 'GET /passkey.js', who: 'anybody' },
  { route: 'GET /.well-known/webauthn', who: 'anybody', yes: 409 },
  { route: 'POST /passkeys/sign-in/challenge', who: 'anybody', yes: 409 },
  { route: 'POST /passkeys/sign-in', who: 'anybody', yes: 400 },
  { route: 'GET /settings/passkeys', who: 'the organisation, as it opens doors' },
  { route: 'POST /settings/passkeys/challenge', who: 'the organisation, as it opens doors', yes: 409 },
  { route: 'POST /settings/passkeys', who: 'the organisation, as it opens doors', yes: 400 },
  {
    route: 'POST /settings/passkeys/:id',
    who: 'the organisation, as it opens doors',
    yes: 404,
    with: { id: 'anything' },
    send: { do: 'remove' },
  },
  { route: 'POST /sign-out', who: 'anybody', yes: 303 },
  { route: 'POST /invitations', who: 'the organisation, as it opens doors' },
  { route: 'POST /api/v1/invitations', who: 'the organisation, as it opens doors', yes: 201 },

  // Oneself, and what one reads.
  { route: 'GET /api/v1/me', who: 'whoever is signed in' },
  { route: 'POST /api/v1/me/claims', who: 'the organisation', yes: 201 },
  { route: 'POST /api/v1/me/claims/confirm', who: 'the organisation', yes: 410, send: { code: 'K7QM-4F2P' } },
  { route: 'GET /api/v1/unread', who: 'whoever is signed in' },
  { route: 'GET /api/v1/chats', who: 'whoever is signed in' },
  { route: 'POST /api/v1/chats/:chat/word', who: 'responders', send: { word: 'back' } },
  { route: 'GET /api/v1/statuses', who: 'whoever is signed in' },
  { route: 'GET /api/v1/roles', who: 'whoever is signed in' },

  // Lists hold what one may see, and the page is the same for everybody who is in.
  { route: 'GET /', who: 'whoever is signed in' },
  { route: 'GET /', who: 'whoever is signed in', query: 'plain' },
  { route: 'GET /lite', who: 'whoever is signed in' },
  { route: 'GET /api/v1/incidents', who: 'whoever is signed in' },
  { route: 'GET /api/v1/search', who: 'whoever is signed in', query: 'q=checkout' },
  { route: 'GET /search', who: 'whoever is signed in', query: 'q=checkout' },
  { route: 'GET /i/:id', who: 'whoever is signed in', with: { id: 'anything' } },
  { route: 'GET /practice/:id', who: 'whoever is signed in', with: { id: 'anything' } },

  // Declaring.
  { route: 'GET /declare', who: 'whoever is signed in' },
  { route: 'POST /declare', who: 'the organisation', yes: 303, send: { title: 'Checkout is failing', severity: 'SEV3' } },
  { route: 'POST /api/v1/incidents', who: 'the organisation', yes: 201, send: { title: 'Checkout is failing' } },

  // An incident and its room.
  { route: 'GET /api/v1/incidents/:id', who: 'whoever sees it' },
  { route: 'GET /api/v1/incidents/:id/snapshot', who: 'whoever sees it' },
  { route: 'GET /api/v1/incidents/:id/events', who: 'whoever sees it' },
  { route: 'GET /api/v1/incidents/:id/stream', who: 'whoever sees it' },
  { route: 'GET /api/v1/incidents/:id/export', who: 'whoever sees it' },
  {
    route: 'GET /api/v1/incidents/:id/messages/:messageId/heard',
    who: 'whoever sees it',
    with: { messageId: 'id of a message' },
  },
  { route: 'PUT /api/v1/incidents/:id/read', who: 'whoever sees it', send: { seq: 1 } },
  { route: 'GET /i/:id', who: 'whoever sees it', query: 'plain' },
  { route: 'GET /lite/i/:id', who: 'whoever sees it' },
  { route: 'GET /lite/i/:id/m/:message', who: 'whoever sees it' },
  { route: 'GET /i/:id.txt', who: 'whoever sees it' },
  { route: 'GET /lite/i/:id.txt', who: 'whoever sees it' },
  { route: 'POST /i/:id.txt', who: 'whoever sees it', yes: 201, send: 'We look into it' },
  { route: 'POST /lite/i/:id.txt', who: 'whoever sees it', yes: 201, send: 'We look into it' },
  { route: 'POST /lite/i/:id', who: 'whoever sees it', yes: 303, send: { do: 'message', id: '<new>', text: 'We look into it' } },
  { route: 'POST /api/v1/incidents/:id/commands', who: 'whoever sees it', send: MESSAGE },
  { route: 'POST /api/v1/incidents/:id/commands', who: 'whoever sees it', send: { id: '<new>', type: 'severity', body: { to: 'SEV1' } } },
  {
    route: 'POST /api/v1/incidents/:id/commands',
    who: 'whoever sees it and may decide for others',
    send: { id: '<new>', type: 'privacy', body: { private: false } },
  },
  {
    route: 'POST /api/v1/incidents/:id/commands',
    who: 'whoever sees it and may decide for others',
    send: { id: '<new>', type: 'add-team', body: { team: 'Everybody' } },
  },
  {
    route: 'POST /api/v1/incidents/:id/commands',
    who: 'whoever leads it, or an admin who sees it',
    with: { id: 'incident with a message' },
    send: { id: '<new>', type: 'delete', body: { messageId: '<message>' } },
  },
  { route: 'GET /api/v1/incidents/:id/addable', who: 'whoever sees it and may decide for others', query: 'named=a' },
  { route: 'POST /api/v1/incidents/:id/let-in', who: 'an admin, who lets themselves in' },

  // Files.
  { route: 'POST /api/v1/incidents/:id/files', who: 'whoever sees it', yes: 201, query: 'name=notes.txt', send: 'some notes' },
  { route: 'POST /lite/i/:id/read', who: 'whoever sees it', yes: 303, send: { roles: '1' } },
  { route: 'POST /lite/i/:id/files', who: 'whoever sees it', yes: 303, query: 'name=notes.txt', send: 'some notes' },
  { route: 'GET /api/v1/incidents/:id/files', who: 'whoever sees it' },
  { route: 'GET /api/v1/incidents/:id/files/:fileId', who: 'whoever sees it', yes: 302 },
  { route: 'DELETE /api/v1/incidents/:id/files/:fileId', who: 'whoever leads it, or an admin who sees it' },
  // A link that somebody who sees the file was given opens nothing for those who do not.
  { route: 'GET /files/:fileId', who: 'whoever sees it', with: { fileId: 'signed file' } },

  // Practice, each their own.
  // Drills. None is begun here.
  { route: 'GET /api/v1/drills', who: 'the organisation' },
  { route: 'POST /api/v1/drills', who: 'responders', yes: 400, send: { fault: 'silent', chat: 'no such chat' } },
  { route: 'GET /api/v1/drills/:drill', who: 'the organisation', yes: 404, with: { drill: 'anything' } },
  { route: 'POST /api/v1/drills/:drill/stop', who: 'responders', yes: 404, with: { drill: 'anything' } },
  { route: 'GET /drill', who: 'the organisation' },
  { route: 'POST /drill', who: 'responders', yes: 400, send: { fault: 'silent', minutes: '5', chat: 'no such chat' } },
  { route: 'GET /drill/:drill', who: 'the organisation', yes: 404, with: { drill: 'anything' } },
  { route: 'POST /drill/:drill', who: 'responders', yes: 404, with: { drill: 'anything' } },
  { route: 'GET /practice', who: 'whoever is signed in', yes: 303 },
  { route: 'GET /practice/start/:token', who: 'anybody', yes: 303, with: { token: 'practice link' } },
  { route: 'POST /api/v1/practice', who: 'whoever is signed in', yes: 201 },
  { route: 'GET /api/v1/practice/:id', who: 'its owner', with: { id: 'practice of the lead' } },
  {
    route: 'POST /api/v1/practice/:id/steps',
    who: 'its owner',
    with: { id: 'practice of the lead' },
    yes: 409,
    send: { do: 'bring-back' },
  },
  { route: 'ALL /practice/:id/chat', who: 'its owner', with: { id: 'practice of the lead' } },
  { route: 'ALL /practice/:id/chat/*path', who: 'its owner', with: { id: 'practice of the lead' } },
  { route: 'ALL /practice/:id/beside/:chat', who: 'its owner', with: { id: 'practice of the lead', chat: 'chat beside it' } },
  { route: 'ALL /practice/:id/beside/:chat/*path', who: 'its owner', with: { id: 'practice of the lead', chat: 'chat beside it' } },

  // Tokens, each their own.
  { route: 'GET /settings', who: 'whoever is signed in' },
  { route: 'GET /settings/tokens', who: 'the organisation, as it opens doors' },
  { route: 'POST /settings/tokens', who: 'the organisation, as it opens doors', send: { name: 'Deploys', scopes: 'read', days: '30' } },
  { route: 'POST /settings/tokens/:id/revoke', who: 'its owner, or an admin', yes: 303, with: { id: 'token of the lead' } },
  { route: 'GET /api/v1/tokens', who: 'the organisation, as it opens doors' },
  { route: 'POST /api/v1/tokens', who: 'the organisation, as it opens doors', yes: 201, send: { name: 'Deploys', scopes: ['read'] } },
  { route: 'DELETE /api/v1/tokens/:id', who: 'its owner, or an admin', yes: 204, with: { id: 'token of the lead' } },

  // Codes on paper, each their own; an admin prints for others too.
  { route: 'GET /sheet', who: 'the organisation, as it opens doors' },
  { route: 'POST /sheet', who: 'the organisation, as it opens doors', yes: 303, send: { do: 'end' } },
  { route: 'GET /api/v1/sheet', who: 'the organisation, as it opens doors' },
  { route: 'PUT /api/v1/sheet', who: 'admins', send: { numbers: ['Bridge: +49 30 1234567'] } },
  { route: 'GET /settings/sheet', who: 'admins' },
  { route: 'POST /settings/sheet', who: 'admins', yes: 303, send: { numbers: 'Bridge: +49 30 1234567' } },
  { route: 'GET /api/v1/me/codes', who: 'the organisation, as it opens doors' },
  { route: 'POST /api/v1/me/codes', who: 'the organisation, as it opens doors', yes: 201 },
  { route: 'DELETE /api/v1/me/codes', who: 'the organisation, as it opens doors', yes: 204 },
  { route: 'GET /api/v1/people/:id/codes', who: 'admins', with: { id: 'colleague' } },
  { route: 'POST /api/v1/people/:id/codes', who: 'admins', yes: 201, with: { id: 'colleague' } },
  { route: 'DELETE /api/v1/people/:id/codes', who: 'admins', yes: 204, with: { id: 'colleague' } },

  // Settings and people.
  { route: 'GET /adapters', who: 'whoever is signed in' },
  { route: 'POST /adapters/:chat/word', who: 'responders', send: { word: 'back' } },
  { route: 'GET /adapters/:chat/setup', who: 'admins' },
  { route: 'GET /adapters/:chat/setup/:file', who: 'admins', yes: 404 },
  { route: 'GET /adapters/another', who: 'admins', yes: 303, query: 'plugin=fake&name=One+more' },
  // Here is nothing to encrypt secrets with, and no such chat that was entered.
  { route: 'POST /adapters/:chat/setup', who: 'admins', yes: 409, send: { do: 'connect' } },
  { route: 'PUT /api/v1/adapters/:chat', who: 'admins', yes: 409, send: {} },
  { route: 'DELETE /api/v1/adapters/:chat', who: 'admins', yes: 409 },
  { route: 'POST /api/v1/adapters/:chat/test', who: 'admins', send: { who: 'ana' } },
  { route: 'POST /api/v1/statuses', who: 'admins', yes: 201, send: { name: '<word>', category: 'active' } },
  { route: 'DELETE /api/v1/statuses/:name', who: 'admins', yes: 204 },
  { route: 'PATCH /api/v1/statuses/:name', who: 'admins', send: { archived: true } },
  { route: 'GET /settings/statuses', who: 'admins' },
  { route: 'POST /settings/statuses', who: 'admins', yes: 303, send: { name: '<word>', category: 'active' } },
  { route: 'POST /settings/statuses/:name', who: 'admins', yes: 303, send: { place: '1' } },
  { route: 'POST /settings/statuses/:name/remove', who: 'admins', yes: 303 },
  { route: 'GET /api/v1/announcements', who: 'admins' },
  { route: 'PUT /api/v1/announcements/:chat/:audience', who: 'admins', send: ANNOUNCED },
  { route: 'DELETE /api/v1/announcements/:chat/:audience', who: 'admins', yes: 204 },
  { route: 'GET /settings/announcements', who: 'admins' },
  { route: 'POST /settings/announcements/:chat/:tenant/:audience', who: 'admins', yes: 303, send: ANNOUNCED },
  { route: 'POST /settings/announcements/:chat/:tenant/:audience/remove', who: 'admins', yes: 303 },
  { route: 'GET /api/v1/archiving', who: 'admins' },
  { route: 'PUT /api/v1/archiving', who: 'admins', send: { days: 14 } },
  { route: 'GET /settings/archiving', who: 'admins' },
  { route: 'POST /settings/archiving', who: 'admins', yes: 303, send: { days: '14' } },
  { route: 'GET /api/v1/people', who: 'admins' },
  { route: 'PATCH /api/v1/people/:id', who: 'admins', with: { id: 'colleague' }, send: { role: 'member' } },
  { route: 'GET /api/v1/people/joins', who: 'admins' },
  // Nobody is the person of these: whoever may is told so.
  { route: 'POST /api/v1/people/joins', who: 'admins', yes: 404, send: { one: '<new>', other: '<new>' } },
  { route: 'POST /api/v1/people/apart', who: 'admins', yes: 404, send: { one: '<new>', other: '<new>' } },
  { route: 'PUT /api/v1/people/chats/:id', who: 'admins', yes: 404, send: { trusted: true } },
  { route: 'PUT /api/v1/people/shared-mailboxes', who: 'admins', yes: 204, send: { address: '<word>@example.test', shared: true } },
  { route: 'GET /settings/people/joins', who: 'admins' },
  { route: 'POST /settings/people/joins', who: 'admins', yes: 404, send: { one: '<new>', other: '<new>' } },
  { route: 'POST /settings/people/joins/apart', who: 'admins', yes: 404, send: { one: '<new>', other: '<new>' } },
  { route: 'POST /settings/people/joins/chats/:id', who: 'admins', yes: 404, send: { trusted: 'yes' } },
  {
    route: 'POST /settings/people/joins/shared-mailboxes',
    who: 'admins',
    yes: 303,
    send: { address: '<word>@example.test', shared: 'yes' },
  },
  { route: 'GET /settings/people', who: 'admins' },
  { route: 'POST /settings/people/:id', who: 'admins', yes: 303, with: { id: 'colleague' }, send: { role: 'member' } },
  { route: 'POST /api/v1/roles', who: 'admins', yes: 201, send: { key: '<word>', name: 'A role' } },
  { route: 'PATCH /api/v1/roles/:key', who: 'admins', send: { instructions: 'Do it.' } },
  { route: 'GET /settings/roles', who: 'admins' },
  { route: 'POST /settings/roles', who: 'admins', yes: 303, send: { key: '<word>', name: 'A role', instructions: '' } },
  { route: 'POST /settings/roles/:key', who: 'admins', yes: 303, send: { name: 'Operations', instructions: '' } },
  { route: 'GET /api/v1/teams', who: 'the organisation' },
  { route: 'GET /settings/teams', who: 'the organisation' },
  { route: 'POST /api/v1/teams', who: 'responders', yes: 201, send: { name: '<word>' } },
  { route: 'POST /settings/teams', who: 'responders', yes: 303, send: { name: '<word>' } },
  { route: 'PATCH /api/v1/teams/:id', who: 'responders', with: { id: 'team' }, send: { name: '<word>' } },
  { route: 'POST /settings/teams/:id', who: 'responders', yes: 303, with: { id: 'team' }, send: { name: '<word>' } },
  { route: 'POST /api/v1/teams/:id/members', who: 'responders', with: { id: 'team' }, send: { person: 'lead' } },
  { route: 'POST /settings/teams/:id/members', who: 'responders', yes: 303, with: { id: 'team' }, send: { person: 'lead' } },
  { route: 'DELETE /api/v1/teams/:id/members/:person', who: 'responders', with: { id: 'team', person: 'colleague' } },
  { route: 'POST /settings/teams/:id/members/:person/remove', who: 'responders', yes: 303, with: { id: 'team', person: 'colleague' } },
  { route: 'GET /api/v1/notices/ways', who: 'admins' },
  { route: 'POST /api/v1/notices/ways', who: 'admins', yes: 201, send: WAY },
  { route: 'GET /api/v1/notices/ways/:id', who: 'admins', with: { id: 'way' } },
  { route: 'PATCH /api/v1/notices/ways/:id', who: 'admins', with: { id: 'way' }, send: { on: false } },
  { route: 'DELETE /api/v1/notices/ways/:id', who: 'admins', yes: 204, with: { id: 'way' } },
  { route: 'POST /api/v1/notices/ways/:id/test', who: 'admins', with: { id: 'way' } },
  { route: 'GET /settings/notices', who: 'admins' },
  { route: 'POST /settings/notices', who: 'admins', send: { kind: 'webhook', name: 'Board', url: 'https://webhook.invalid/' } },
  { route: 'GET /settings/notices/:id', who: 'admins', with: { id: 'way' } },
  { route: 'POST /settings/notices/:id', who: 'admins', with: { id: 'way' }, send: { do: 'off' } },
  // There is no mail server here, and no code that could be right.
  { route: 'GET /api/v1/me/mail', who: 'the organisation' },
  { route: 'PUT /api/v1/me/mail', who: 'the organisation', yes: 409, send: { address: 'ana@example.com' } },
  { route: 'POST /api/v1/me/mail/confirm', who: 'the organisation', yes: 400, send: { code: 'K7QM-4F2P' } },
  { route: 'DELETE /api/v1/me/mail', who: 'the organisation' },
  { route: 'GET /settings/mail', who: 'the organisation' },
  { route: 'POST /settings/mail', who: 'the organisation', yes: 409, send: { do: 'set', address: 'ana@example.com' } },
  { route: 'GET /api/v1/webhooks', who: 'admins' },
  { route: 'POST /api/v1/webhooks', who: 'admins', yes: 201, send: { name: 'Board', url: 'https://example.com/' } },
  { route: 'GET /api/v1/webhooks/:id', who: 'admins', with: { id: 'webhook' } },
  { route: 'PATCH /api/v1/webhooks/:id', who: 'admins', with: { id: 'webhook' }, send: { on: false } },
  { route: 'DELETE /api/v1/webhooks/:id', who: 'admins', yes: 204, with: { id: 'webhook' } },
  { route: 'POST /api/v1/webhooks/:id/rotate', who: 'admins', with: { id: 'webhook' } },
  { route: 'POST /api/v1/webhooks/:id/test', who: 'admins', with: { id: 'webhook' } },
  { route: 'POST /api/v1/webhooks/:id/replay', who: 'admins', yes: 202, with: { id: 'webhook' }, send: { since: '2026-11-21T20:00:00Z' } },
  { route: 'GET /api/v1/webhooks/:id/deliveries', who: 'admins', with: { id: 'webhook' } },
  { route: 'GET /settings/webhooks', who: 'admins' },
  { route: 'POST /settings/webhooks', who: 'admins', send: { name: 'Board', url: 'https://example.com/' } },
  { route: 'GET /settings/webhooks/:id', who: 'admins', with: { id: 'webhook' } },
  { route: 'POST /settings/webhooks/:id', who: 'admins', with: { id: 'webhook' }, send: { do: 'off' } },
  { route: 'GET /audit', who: 'admins' },
  { route: 'GET /api/v1/audit', who: 'admins' },
  { route: 'GET /api/v1/audit.csv', who: 'admins' },
  { route: 'GET /api/v1/audit.jsonl', who: 'admins' },

  // Looking after this Muster. Nothing is put aside here, which only an admin is told.
  { route: 'GET /operations', who: 'admins' },
  { route: 'POST /operations/quarantine/:id', who: 'admins', yes: 404, with: { id: 'anything' }, send: { do: 'replay' } },
  { route: 'POST /operations/switches/:work', who: 'admins', send: { do: 'on', why: 'to see who may' } },
  { route: 'GET /api/v1/operations', who: 'admins' },
  { route: 'GET /api/v1/operations/quarantine', who: 'admins' },
  { route: 'POST /api/v1/operations/quarantine/:id/replay', who: 'admins', yes: 404, with: { id: 'anything' } },
  {
    route: 'POST /api/v1/operations/quarantine/:id/drop',
    who: 'admins',
    yes: 404,
    with: { id: 'anything' },
    send: { why: 'to see who may' },
  },
  { route: 'PUT /api/v1/operations/switches/:work', who: 'admins', send: { off: false, why: 'to see who may' } },
];
