import { randomUUID } from 'node:crypto';
import { roomCommand } from '#libs/war-room-protocol/commands';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { LinkNotUsable, NameMissing } from '#src/people/people.errors';
import { TOKEN, useApp } from '#test/support/app';

const TABLES = [
  'stream',
  'event',
  'incident',
  'participant',
  'message',
  'person',
  'session',
  'idempotency_key',
  'inbox',
  'delivery',
  'mirror',
];
const DECLARE = '/api/v1/incidents';
const COMMANDS = roomCommand.def.options.map(({ def }) => def.shape.type.def.values[0]);
const JSON_TYPE = { 'content-type': 'application/json' };

interface Given {
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  readonly status: number;
  /** A part of what the answer says to do. */
  readonly say: string;
}

describe('Sending what cannot be used', () => {
  const app = useApp();
  let room: string;

  beforeAll(async () => {
    room = (await app.anIncident({ title: 'The one incident' })).number;
  });

  const command = (type: string, body: unknown, id: unknown = randomUUID()): string => JSON.stringify({ id, type, body });
  const title = (text: string): string => JSON.stringify({ title: text });

  const declaring: Record<string, Given> = {
    'a body of more than 1 MiB': { body: title('x'.repeat(1_048_600)), status: 413, say: 'Send less, or a link to it' },
    'malformed JSON': { body: '{"title": "A"', status: 400, say: 'Check quotes and commas' },
    'an empty body': { body: '', status: 400, say: 'title' },
    'JSON that is no object': { body: '"title"', status: 400, say: 'not valid JSON' },
    'a list': { body: '[]', status: 400, say: 'Correct it and send it again' },
    'JSON nested 100,000 deep': { body: `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, status: 400, say: 'send it flatter' },
    'no title': { body: '{}', status: 400, say: 'title' },
    'a title of 10,000 characters': { body: title('x'.repeat(10_000)), status: 400, say: 'title' },
    'a title of blanks': { body: title(' \n\t '), status: 400, say: 'title' },
    'a title that is a number': { body: '{"title": 7}', status: 400, say: 'title' },
    'an unknown severity': { body: '{"title":"A","severity":"SEV9"}', status: 400, say: 'severity' },
    'a summary that is too long': { body: JSON.stringify({ title: 'A', summary: 'x'.repeat(3_001) }), status: 400, say: 'summary' },
    'a NUL in the title': { body: '{"title":"A\\u0000B"}', status: 400, say: 'Remove it and send it again' },
    'a NUL in the summary': { body: '{"title":"A","summary":"\\u0000"}', status: 400, say: 'summary' },
    'half a character': { body: '{"title":"A \\ud83d"}', status: 400, say: 'half a character' },
    'a form': {
      body: 'title=A',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 415,
      say: 'Content-Type: application/json',
    },
    'plain text': { body: title('A'), headers: { 'content-type': 'text/plain' }, status: 415, say: 'Content-Type: application/json' },
    'no content type': {
      body: Buffer.from(title('A')),
      headers: { 'content-type': '' },
      status: 415,
      say: 'Content-Type: application/json',
    },
    'a compressed body': {
      body: title('A'),
      headers: { ...JSON_TYPE, 'content-encoding': 'br2' },
      status: 415,
      say: 'without compression',
    },
    'an unknown character set': {
      body: title('A'),
      headers: { 'content-type': 'application/json; charset=klingon' },
      status: 415,
      say: 'UTF-8',
    },
  };

  it.each(Object.entries(declaring))('refuses %s when declaring', (_, given) => refuses({ path: DECLARE, ...given }));

  const acting: Record<string, Given> = {
    'an unknown command': {
      body: command('explode', {}),
      status: 400,
      say: `type: it has to be one of ${COMMANDS.join(', ')}. For example: {"id":"`,
    },
    'a command without a type': { body: '{}', status: 400, say: 'type: missing; it has to be one of message, ' },
    'a command without an id': {
      body: JSON.stringify({ type: 'message', body: { text: 'A' } }),
      status: 400,
      say: 'id: missing; it has to be a UUID that you make',
    },
    'a command without a body': { body: JSON.stringify({ type: 'message', id: randomUUID() }), status: 400, say: 'body: missing' },
    'an id that is none': { body: command('message', { text: 'A' }, 'x'), status: 400, say: 'id: it has to be a UUID that you make' },
    'a message of 10,001 characters': { body: command('message', { text: 'x'.repeat(10_001) }), status: 400, say: 'text' },
    'an empty message': { body: command('message', { text: '  ' }), status: 400, say: 'text' },
    'a message with a NUL': { body: command('message', { text: 'a\0' }), status: 400, say: 'text' },
    'half a character': { body: command('message', { text: '\udc00' }), status: 400, say: 'text' },
    'an unknown severity': {
      body: command('severity', { to: 'sev1' }),
      status: 400,
      say: 'body.to: it has to be one of SEV1, SEV2, SEV3. For example: {"id":"018f4d2e-9b1c-7a3d-8e5f-0123456789ac","type":"severity","body":{"to":"SEV1"',
    },
    'a reason with a NUL': { body: command('severity', { to: 'SEV1', reason: '\0' }), status: 400, say: 'reason' },
    'an unknown status': { body: command('status', { to: 'done' }), status: 400, say: 'to' },
    'no sentence': { body: command('resolve', { learned: ' ' }), status: 400, say: 'learned' },
    'a lead with a NUL': { body: command('lead', { to: '\0' }), status: 400, say: 'to' },
    'a line with an unknown word': { body: command('command', { text: '/explode now' }), status: 400, say: 'You can write' },
    'a line with an unknown severity': { body: command('command', { text: '/severity worst' }), status: 400, say: 'Choose SEV1' },
    'a line with a name nobody has': {
      body: command('command', { text: '/lead Zoe' }),
      status: 400,
      say: 'the whole name as Muster shows it',
    },
    'a line with a NUL': { body: command('command', { text: '/severity sev1 \0' }), status: 400, say: 'text' },
    'a line that declares with a title too long': {
      body: command('command', { text: `/declare ${'x'.repeat(500)}` }),
      status: 400,
      say: '1 to 200 characters',
    },
  };

  it.each(Object.entries(acting))('refuses %s in a room', (_, given) => refuses({ path: `${DECLARE}/${room}/commands`, ...given }));

  it.each(['%E0%A4%A', '%00', 'INC-%00', '..%2f..%2f', 'x'.repeat(5_000)])('refuses the address %p', async (name) => {
    await refuses({
      path: `${DECLARE}/${name}/commands`,
      body: command('message', { text: 'A' }),
      status: name.startsWith('%E0') ? 400 : 404,
      say: '',
    });
  });

  it('refuses a page’s cookie from another site, and takes it from our own', async () => {
    const session = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Ana');
    const post = (headers: Record<string, string>) =>
      fetch(new URL(`${DECLARE}/${room}/commands`, app.url), {
        method: 'POST',
        headers: { ...JSON_TYPE, cookie: `a=b; muster=${session}`, ...headers },
        body: command('message', { text: 'from a page' }),
      });

    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      await nothingChanges(async () => {
        const response = await post(headers as Record<string, string>);
        expect(response.status).toBe(403);
        expect(((await response.json()) as { detail: string }).detail).toContain('from another site');
      });
    }
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await post({ origin: app.url })).status).toBe(200);
  });

  it('refuses somebody unknown before reading what they send', async () => {
    await refuses({
      path: DECLARE,
      body: title('A'),
      headers: { ...JSON_TYPE, authorization: 'Bearer nobody' },
      status: 401,
      say: 'This token is not known, was revoked, or has run out. Send another one as `Authorization: Bearer <token>`',
    });
    await refuses({
      path: DECLARE,
      body: title('A'),
      headers: { ...JSON_TYPE, authorization: '' },
      status: 401,
      say: 'send `Authorization: Bearer <token>`',
    });
  });

  it.each([
    ['Token unknown', 401, '/api/v1/incidents', { authorization: 'Bearer nobody' }],
    ['Not signed in', 401, '/api/v1/incidents', { authorization: '' }],
    ['Incident not found', 404, '/api/v1/incidents/INC-999', {}],
    ['Request not usable', 404, '/nowhere', {}],
  ])('gives every answer a title in one style: %s', async (title, status, path, headers) => {
    expect(await app.api('GET', path, undefined, headers)).toMatchObject({ status, body: { title, status } });
  });

  it('opens a door once for a link, whoever tries at the same moment, and not when it has run out', async () => {
    const sessions = app.get(Sessions);
    const link = await createLink(app.database, 'invitation');
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => sessions.signIn(link, 'Mia')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    const old = await createLink(app.database, 'admin');
    await app.database.query(`update sign_in_link set expires_at = clock_timestamp() where used_at is null`);
    await nothingChanges(async () => {
      await expect(sessions.signIn(old, 'Mia')).rejects.toThrow(LinkNotUsable);
      await expect(sessions.signIn('never made', 'Mia')).rejects.toThrow('npm run sign-in');
    });
  });

  it.each(['', ' ', 'x'.repeat(81), 'M\0ia', 'Mia \ud800'])('does not use a link up for the name %p', async (name) => {
    const link = await createLink(app.database, 'invitation');
    await nothingChanges(() => expect(app.get(Sessions).signIn(link, name)).rejects.toThrow(NameMissing));
    await app.get(Sessions).signIn(link, 'Mia');
  });

  it('lets nobody who only practises declare or see anything real', async () => {
    const { session } = await app.get(Sessions).openForPractice('Guest');
    const page = (path: string, body?: string) =>
      fetch(new URL(path, app.url), {
        method: body ? 'POST' : 'GET',
        headers: { ...JSON_TYPE, cookie: `muster=${session}`, 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() },
        ...(body ? { body } : {}),
      });

    await nothingChanges(async () => {
      expect((await page(DECLARE, title('A'))).status).toBe(403);
      expect((await page(`${DECLARE}/${room}`)).status).toBe(404);
      expect((await page(`${DECLARE}/${room}/commands`, command('message', { text: 'A' }))).status).toBe(404);
    });
  });

  async function refuses({ path = DECLARE, body = '', headers, status, say }: Given): Promise<void> {
    await nothingChanges(async () => {
      const response = await fetch(new URL(path, app.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'idempotency-key': randomUUID(), ...JSON_TYPE, ...headers },
        body: body as string,
      });
      const answer = (await response.json()) as { status: number; title: string; detail: string };

      expect({ status: response.status, detail: answer.detail }).toEqual({ status, detail: expect.stringContaining(say) as string });
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(answer).toMatchObject({ status, title: expect.any(String) as string });
    });
  }

  async function nothingChanges(act: () => Promise<unknown>): Promise<void> {
    const before = await counts();
    await act();
    expect(await counts()).toEqual(before);
    expect((await fetch(new URL('/health/live', app.url))).status).toBe(200);
  }

  async function counts(): Promise<unknown> {
    const [row] = await app.database.query(
      `select ${TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
    );
    return row;
  }
});
