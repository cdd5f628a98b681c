import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { FileAdded, FileLink } from '#libs/war-room-protocol/files';
import { ApiTokens } from '#src/people/api-tokens.service';
import { type Role, SCOPES, type Scope, WEB } from '#src/people/people.types';
import { People } from '#src/people/people.service';
import { createLink } from '#src/people/sign-in-links';
import { hashOf, newToken } from '#src/people/tokens';
import { WORK_CLASSES } from '#src/platform/shedding/work.types';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { routesOf } from './routes-of.ts';
import { PEOPLE, ROUTES, type Row, RULES } from './who-may-what.table.ts';

type Person = (typeof PEOPLE)[number];
type Place = 'open' | 'private';

interface Incident {
  readonly number: string;
  readonly title: string;
  /** Something that its lead wrote there. */
  message: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const ROLE_OF: Readonly<Record<Exclude<Person, 'outsider'>, Role>> = {
  member: 'member',
  responder: 'responder',
  admin: 'admin',
  lead: 'member',
  guest: 'guest',
  token: 'admin',
};

const A_ROW = (route: string): string => `  { route: '${route}', who: 'whoever sees it' },`;

describe('Who may what, on every route', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web'], platforms: [fake.platform] });
  const ids = new Map<Person, string>();
  const pretendChat = createServer((_request, response) => void response.end('a pretend chat'));
  let chatPort = 0;
  /** Nobody but its lead may ever be told this. */
  let secret: Incident;

  beforeAll(async () => {
    await fake.join(app);
    fake.chat.addRoom('incidents');
    for (const [name, role] of Object.entries(ROLE_OF)) {
      const { id } = await app.database.transaction((tx) => app.get(People).add(tx, name, role));
      ids.set(name as Person, id);
    }
    chatPort = await new Promise((resolve) =>
      pretendChat.listen(0, '127.0.0.1', () => resolve((pretendChat.address() as { port: number }).port)),
    );
    const { id: team } = JSON.parse((await send('POST', '/api/v1/teams', 'admin', { name: 'Everybody' })).body) as { id: string };
    await send('POST', `/api/v1/teams/${team}/members`, 'admin', { person: 'lead' });
    secret = await anIncident('private');
    // Somebody's word counts more than load: nothing here is to be given up because the machine is busy.
    for (const work of WORK_CLASSES)
      await send('PUT', `/api/v1/operations/switches/${work}`, 'admin', { off: false, why: 'to see who may' });
  });
  afterAll(() => pretendChat.close());

  it('has a row for each route of the router', () => {
    const known = new Set(ROUTES.map(({ route }) => route));
    const missing = routesOf(app).filter((route) => !known.has(route));

    const advice = `These routes have no row in test/api/who-may-what.table.ts. Add one for each, with the rule that is right for it:\n${missing.map(A_ROW).join('\n')}\n`;
    expect(missing.length === 0 ? '' : advice).toBe('');
  });

  it('has no row for a route that is not there', () => {
    const there = new Set(routesOf(app));

    expect(ROUTES.map(({ route }) => route).filter((route) => !there.has(route))).toEqual([]);
  });

  it.each(ROUTES.map((row) => [nameOf(row), row.who, row] as const))('%s is for %s', async (_name, who, row) => {
    const rule = RULES[who];
    if (!rule) throw new Error(`There is no rule "${who}" in test/api/who-may-what.table.ts: ${Object.keys(RULES).join(', ')}.`);
    const answers: Record<string, string> = {};
    const right: Record<string, string> = {};
    for (const place of ['open', 'private'] as const) {
      const cells = rule[place]?.split(' ') ?? [];
      const incident = rule.private ? await anIncident(place) : secret;
      for (const [at, cell] of cells.entries()) {
        const person = PEOPLE[at] ?? 'outsider';
        const { status, body } = await ask(row, person, incident);
        const isIn = person === 'lead' || (rule.private !== undefined && (place === 'open' || cell === 'yes'));
        answers[`${place}, ${person}`] = `${status}${!isIn && body.includes(incident.title) ? ' and tells its title' : ''}`;
        right[`${place}, ${person}`] = cell === 'yes' ? String(row.yes ?? 200) : cell;
      }
    }

    expect(answers).toEqual(right);
  });

  /** What a part of a path stands for. Made anew for each who asks. */
  const THINGS: Readonly<Record<string, (incident: Incident) => string | Promise<string>>> = {
    id: ({ number }) => number,
    'incident with a message': async (incident) => {
      incident.message = (await aMessage(incident.number)).id;
      return incident.number;
    },
    message: async ({ number }) => String((await aMessage(number)).seq),
    'id of a message': async ({ number }) => (await aMessage(number)).id,
    fileId: async ({ number }) => (await aFile(number)).fileId,
    'signed file': async ({ number }) => {
      const { href } = await aFile(number);
      const { body } = await send('GET', href, 'lead', undefined, { accept: 'application/json' });
      return (JSON.parse(body) as FileLink).link.replace('/files/', '');
    },
    anything: () => randomUUID(),
    path: () => 'nothing',
    instance: () => 'nobody',
    chat: () => 'fake',
    tenant: () => fake.surface.tenant,
    audience: () => 'support',
    file: () => 'nothing.yaml',
    work: () => 'cards',
    key: () => 'ops',
    invitation: () => createLink(app.database, 'invitation'),
    'token of the lead': async () => (await aToken('lead', ['read'])).id,
    'practice link': () => createLink(app.database, 'practice'),
    'practice of the lead': async () => {
      const id = uuidv7();
      await app.database.query('insert into practice (id, owner, port, ports) values ($1, $2, $3, $4)', [
        id,
        ids.get('lead'),
        chatPort,
        JSON.stringify({ beside: chatPort }),
      ]);
      return id;
    },
    'chat beside it': () => 'beside',
    team: async () => {
      const { body } = await send('POST', '/api/v1/teams', 'admin', { name: aWord() });
      return (JSON.parse(body) as { id: string }).id;
    },
    colleague: async () => (await app.database.transaction((tx) => app.get(People).add(tx, 'A colleague', 'responder'))).id,
    // One at a time: there may be twenty. Nothing listens there, and nothing is sent.
    webhook: async () => {
      await app.database.query('delete from webhook');
      const { body } = await send('POST', '/api/v1/webhooks', 'admin', { name: 'Board', url: 'https://webhook.invalid/' });
      return (JSON.parse(body) as { id: string }).id;
    },
    way: async () => {
      await app.database.query('delete from notice_way');
      const { body } = await send('POST', '/api/v1/notices/ways', 'admin', {
        kind: 'webhook',
        name: 'Board',
        settings: { url: 'https://webhook.invalid/' },
      });
      return (JSON.parse(body) as { id: string }).id;
    },
    name: async () => {
      const name = aWord();
      await send('POST', '/api/v1/statuses', 'admin', { name, category: 'active' });
      return name;
    },
  };

  async function ask(row: Row, person: Person, incident: Incident): Promise<Answer> {
    const [, method = '', pattern = ''] = /^(\w+) (\S+)$/.exec(row.route) ?? [];
    let path = pattern;
    for (const [part, name = ''] of pattern.matchAll(/[:*](\w+)/g)) {
      const thing = THINGS[row.with?.[name] ?? name];
      if (!thing) throw new Error(`Say in \`with\` what "${part}" stands for, or add it to THINGS.`);
      path = path.replace(part, await thing(incident));
    }
    if (row.query) path += `?${row.query}`;
    const verb = method === 'ALL' ? 'POST' : method;
    const lacking = RULES[row.who]?.scope ?? (verb === 'GET' ? 'read' : 'write');
    return send(verb, path, person, filled(row.send, incident), person === 'token' ? await bearerWithout(lacking) : {});
  }

  async function send(
    method: string,
    path: string,
    person: Person,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(path, app.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(await badge(person)),
        'sec-fetch-site': 'same-origin',
        'idempotency-key': uuidv7(),
        ...headers,
        ...typeOf(path, body),
      },
      ...(body === undefined ? {} : { body: encoded(path, body) }),
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
      return { status: response.status, body: await response.text() };
    await response.body?.cancel();
    return { status: response.status, body: '' };
  }

  /** A session of their own for each request: one of them signs out. */
  async function badge(person: Person): Promise<Record<string, string>> {
    if (person === 'outsider' || person === 'token') return {};
    const session = newToken();
    await app.database.query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, clock_timestamp() + interval '1 hour')`,
      [hashOf(session), ids.get(person)],
    );
    return { cookie: `muster=${session}` };
  }

  async function bearerWithout(scope: Scope): Promise<Record<string, string>> {
    const { value } = await aToken(
      'token',
      SCOPES.filter((one) => one !== scope),
    );
    return { authorization: `Bearer ${value}` };
  }

  async function aToken(person: Person, scopes: readonly Scope[]): Promise<{ id: string; value: string }> {
    const by = {
      person: { id: ids.get(person) ?? '', name: person },
      role: 'admin',
      incidentId: null,
      scopes: null,
      badge: '',
      via: WEB,
    } as const;
    const { token, value } = await app.get(ApiTokens).make({ name: 'A token', scopes, expiresAt: null }, by);
    return { id: token.id, value };
  }

  async function anIncident(place: Place): Promise<Incident> {
    const title = `Payroll leaked ${randomUUID()}`;
    const { body } = await send('POST', '/api/v1/incidents', 'lead', { title, private: place === 'private' });
    const { id, number } = JSON.parse(body) as { id: string; number: string };
    await send('POST', `/api/v1/incidents/${number}/commands`, 'lead', { id: uuidv7(), type: 'lead', body: { to: 'me' } });
    await app.database.query('insert into participant (incident_id, person_id) values ($1, $2)', [id, ids.get('token')]);
    return { number, title, message: '' };
  }

  async function aMessage(number: string): Promise<{ id: string; seq: number }> {
    const id = uuidv7();
    const { body } = await send('POST', `/api/v1/incidents/${number}/commands`, 'lead', {
      id,
      type: 'message',
      body: { text: 'A message' },
    });
    return { id, seq: (JSON.parse(body) as { seq: number }).seq };
  }

  async function aFile(number: string): Promise<FileAdded['file']> {
    const { body } = await send('POST', `/api/v1/incidents/${number}/files?name=notes.txt`, 'lead', 'some notes');
    return (JSON.parse(body) as FileAdded).file;
  }
});

/** A route may have several rows: the body says which is meant. */
function nameOf({ route, query, send }: Row): string {
  return [route, query && `?${query}`, (send as { type?: string } | undefined)?.type].filter(Boolean).join(' ');
}

const aWord = (): string => `word-${randomUUID().slice(0, 8)}`;

function filled(send: unknown, { message }: Incident): unknown {
  if (send === undefined || typeof send === 'string') return send;
  const text = JSON.stringify(send).replaceAll('<new>', () => uuidv7());
  return JSON.parse(text.replaceAll('<word>', aWord).replaceAll('<message>', message)) as unknown;
}

function typeOf(path: string, body: unknown): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body === 'string') return { 'content-type': path.includes('/files') ? 'application/octet-stream' : 'text/plain' };
  return path.startsWith('/api/') ? { 'content-type': 'application/json' } : {};
}

function encoded(path: string, body: unknown): string | URLSearchParams {
  if (typeof body === 'string') return body;
  return path.startsWith('/api/') ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>);
}
