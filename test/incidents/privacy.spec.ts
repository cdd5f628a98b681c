import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { heads, settle } from '#src/rooms/deliveries/delivery-store';
import { sayAgain } from '#src/rooms/deliveries/say-again';
import { Watching } from '#test/api/read-stream';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { FakeChat } from '#test/rooms/fake-chat';

describe('Keeping an incident private', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let ben: SomePerson;
  let admin: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben');
    admin = await SomePerson.of(app, 'Ada', 'admin');
  });

  const everywhere = (number: string): readonly (readonly [string, string, object?])[] => [
    ['GET', `/api/v1/incidents/${number}`],
    ['GET', `/api/v1/incidents/${number}/snapshot`],
    ['GET', `/api/v1/incidents/${number}/events`],
    ['GET', `/api/v1/incidents/${number}/stream`],
    [
      'POST',
      `/api/v1/incidents/${number}/commands`,
      { id: '0b3cbb7c-6b4f-4f0e-9d39-6f1f4f7f0a01', type: 'message', body: { text: 'hello' } },
    ],
    ['GET', `/lite/i/${number}`],
    ['GET', `/i/${number}.txt`],
  ];

  it('is not there for anybody else, admins too, on whichever way they ask', async () => {
    const { number } = await ana.declares({ private: true });

    const answers = await Promise.all(
      [ben, admin].flatMap((one) => everywhere(number).map(async ([method, path, body]) => (await one.api(method, path, body)).status)),
    );

    expect(new Set(answers)).toEqual(new Set([404]));
    expect((await ana.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ number, isPrivate: true });
  });

  it('says the same of one that is private and of one that does not exist', async () => {
    const { number } = await ana.declares({ private: true });
    const told = async (name: string): Promise<string> => {
      const { trace: _ofThisRequest, ...said } = (await ben.api('GET', `/api/v1/incidents/${name}`)).body as { trace: string };
      return JSON.stringify(said);
    };

    expect((await told(number)).replace(number, 'X')).toBe((await told('INC-99999')).replace('INC-99999', 'X'));
  });

  it('leaves it out of the lists of others', async () => {
    const { id } = await ana.declares({ private: true, title: 'Payroll leaked' });
    const listed = async (one: SomePerson): Promise<string[]> =>
      ((await one.api('GET', '/api/v1/incidents')).body as { incidents: { id: string }[] }).incidents.map((incident) => incident.id);

    expect(await listed(ana)).toContain(id);
    expect(await listed(ben)).not.toContain(id);
    expect((await ben.api('GET', '/lite')).body).not.toContain('Payroll leaked');
  });

  it('is no place in the list for others either: it is unknown to them like one that does not exist', async () => {
    await ana.declares();
    const { id } = await ana.declares({ private: true });
    const after = async (one: SomePerson, name: string): Promise<number> =>
      (await one.api('GET', `/api/v1/incidents?limit=1&after=${name}`)).status;

    expect(await after(ana, id)).toBe(200);
    expect(await after(ben, id)).toBe(409);
    expect(await after(ben, uuidv7())).toBe(409);
  });

  it('does not count what is said there for those who had read in it before', async () => {
    const { id, number } = await ana.declares();
    await ben.api('PUT', `/api/v1/incidents/${number}/read`, { seq: 1 });
    await ana.does(number, 'message', { text: 'seen by all' });
    const unread = async (): Promise<Record<string, number>> =>
      ((await ben.api('GET', '/api/v1/unread')).body as { unread: Record<string, number> }).unread;
    expect(await unread()).toMatchObject({ [id]: 1 });

    await ana.does(number, 'privacy', { private: true });

    expect(await unread()).not.toHaveProperty(id);
  });

  it('is made so by a responder and not by a member, and undone the same way', async () => {
    const cy = await SomePerson.of(app, 'Cy', 'member');
    const { number } = await cy.declares();

    expect(await cy.does(number, 'privacy', { private: true })).toMatchObject({
      status: 403,
      body: { detail: 'You may not make an incident private or public. Ask a responder, or whoever leads the incident.' },
    });
    await cy.does(number, 'lead', { to: 'me' });
    expect((await cy.does(number, 'privacy', { private: true })).status).toBe(200);
    expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
    await cy.does(number, 'command', { text: '/make-public' });
    expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
    expect(
      (await app.events(number)).filter(({ type }) => type === 'incident.privacy-changed').map(({ data, by }) => [data, by?.name]),
    ).toEqual([
      [{ private: true }, 'Cy'],
      [{ private: false }, 'Cy'],
    ]);
  });

  it('keeps whoever makes it private in the room', async () => {
    const { number } = await ana.declares();

    await ben.does(number, 'privacy', { private: true });

    expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
  });

  it('ends the streams of those who may not see it any more, and gives them nothing of what follows', async () => {
    const { number } = await ana.declares();
    const outside = await Watching.open(app, number, { after: 0 });
    const inside = await Watching.open(app, number, { after: 0 }, ana.cookie);
    await outside.reached(1);
    await inside.reached(1);

    await ana.does(number, 'privacy', { private: true });
    await ana.does(number, 'message', { text: 'Only for us' });

    await until('the stream ends', () => outside.ended);
    await until('the message is seen inside', () => inside.events.some(({ type }) => type === 'message.posted'));
    expect(outside.saidGoodbye).toBe(true);
    expect(outside.events.some(({ type }) => type === 'incident.privacy-changed' || type === 'message.posted')).toBe(false);
    inside.leave();
  });

  it('lets an admin in who says so, and tells the room', async () => {
    const { number } = await ana.declares({ private: true });

    expect((await ben.api('POST', `/api/v1/incidents/${number}/let-in`)).status).toBe(403);
    expect((await ben.api('POST', '/api/v1/incidents/INC-99999/let-in')).status).toBe(403);
    expect(await admin.api('POST', `/api/v1/incidents/${number}/let-in`)).toMatchObject({ status: 200, body: { number } });
    await admin.api('POST', `/api/v1/incidents/${number}/let-in`);

    const page = (await ana.api('GET', `/api/v1/incidents/${number}/events`)).body as { events: { type: string; by: { name: string } }[] };
    expect(page.events.filter(({ type }) => type === 'participant.let-in').map(({ by }) => by.name)).toEqual(['Ada']);
    expect((await ana.api('GET', `/lite/i/${number}`)).body).toContain('Ada, an admin, let themselves in');
  });

  it.each([
    ['the route', (number: string) => ['POST', `/api/v1/incidents/${number}/let-in`] as const],
    ['the command', (number: string, open: string) => ['POST', `/api/v1/incidents/${open}/commands`, letInBy(number)] as const],
  ])('lets no token in that may not what only admins may, by %s', async (_way, asking) => {
    const { number } = await ana.declares({ private: true });
    const { number: open } = await ana.declares();
    const by = async (...scopes: string[]) => {
      const { token } = (await admin.api('POST', '/api/v1/tokens', { name: 'Deploys', scopes })).body as { token: string };
      const [method, path, body] = asking(number, open);
      return app.api(method, path, body, { authorization: `Bearer ${token}` });
    };

    expect(await by('read', 'write')).toMatchObject({ status: 403, body: { title: 'Scope missing' } });
    expect((await admin.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
    expect((await by('read', 'write', 'admin')).status).toBe(200);
    expect((await admin.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
  });

  it('has a private room in the chat from the start', async () => {
    const { id } = await ana.declares({ private: true });

    const [mirror] = await until('the mirror', async () => {
      const found = await app.database.query<{ id: string }>('select id from mirror where incident_id = $1 and room is not null', [id]);
      return found.length > 0 && found;
    });

    expect(fake.chat.roomByKey(mirror?.id ?? '')).toMatchObject({ isPrivate: true });
  });

  it('leaves the chat’s public room, hears nothing from there any more, and opens a private one', async () => {
    const { id, number } = await ana.declares();
    const open = await until('the public room', async () => {
      const [found] = await app.database.query<{ id: string; room: string }>(
        'select id, room from mirror where incident_id = $1 and room is not null',
        [id],
      );
      return found;
    });

    await ana.does(number, 'privacy', { private: true });
    await until('the farewell', () => fake.said(open.room).some((text) => text.includes('This incident is private now')));
    await ana.does(number, 'message', { text: 'The secret' });
    const moved = await until('the private room', async () => {
      const [found] = await app.database.query<{ id: string; room: string }>(
        'select id, room from mirror where incident_id = $1 and private and room is not null',
        [id],
      );
      return found;
    });
    await until('it is told there', () => fake.said(moved.room).some((text) => text.includes('The secret')));
    await fake.says('zoe', open.room, 'What happened?');
    await fake.heard(app);

    expect(fake.chat.roomByKey(moved.id)).toMatchObject({ isPrivate: true });
    expect(fake.said(open.room).join()).not.toContain('The secret');
    const { people } = (await ana.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: { name: string }[] };
    expect(people.map(({ name }) => name)).toEqual(['Ana']);
  });

  it('does not bring anybody in who began to send a file while it was public', async () => {
    const { number } = await ana.declares();
    let goOn: (rest: Uint8Array) => void = () => undefined;
    const rest = new Promise<Uint8Array>((resolve) => (goOn = resolve));
    const sent = fetch(`${app.url}/api/v1/incidents/${number}/files?name=notes.txt`, {
      method: 'POST',
      headers: { cookie: ben.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/octet-stream' },
      body: ReadableStream.from(slowly(rest)),
      duplex: 'half',
    } as RequestInit);
    await until('the beginning has arrived', async () => (await unfinished()).length > 0);

    await ana.does(number, 'privacy', { private: true });
    goOn(Buffer.from('the end'));

    expect((await sent).status).toBe(404);
    expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
    expect((await ana.api('GET', `/api/v1/incidents/${number}/files`)).body).toEqual({ files: [], next: null, more: false });
  });

  it('shows no card in the chat’s public room any more, not even one that somebody asks for again', async () => {
    const { id, number } = await ana.declares();
    const room = await fake.room(app, number);
    await fake.told(app);
    await ana.does(number, 'privacy', { private: true });
    await until('the farewell', () => fake.said(room).some((text) => text.includes('This incident is private now')));
    const [card] = await app.database.query<{ id: string; attempts: number }>(
      `update delivery d set status = 'needs-a-person' from mirror m where m.id = d.mirror_id and m.incident_id = $1 and not m.private and d.lane = 'card' returning d.id, d.attempts`,
      [id],
    );

    expect(await app.database.transaction((tx) => sayAgain(tx, card?.id ?? ''))).toBe(false);
    await app.database.query(`update delivery set status = 'sending' where id = $1`, [card?.id]);
    await app.database.transaction((tx) =>
      settle(tx, { id: '', attempts: 0, ...card, part: 0 }, { to: 'pending', at: 0, fault: null }, true),
    );
    expect((await heads(app.database, 'fake', fake.surface.tenant)).map((delivery) => delivery.id)).not.toContain(card?.id);
  });

  const unfinished = (): Promise<string[]> => readdir(join(app.dataDir, 'files', 'unfinished')).catch(() => []);
});

const letInBy = (number: string): object => ({ id: uuidv7(), type: 'command', body: { text: `/let-in ${number}` } });

async function* slowly(rest: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('the beginning, ');
  yield await rest;
}
