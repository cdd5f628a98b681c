import fc from 'fast-check';
import type { FaultKind } from '@musterhq/adapter-testkit';
import { TOKEN, useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

const ROLES = ['web', 'ingest', 'worker'] as const;

describe('Mirroring a room in a chat', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  beforeAll(() => fake.join(app));
  afterEach(() => fake.chat.heal());

  it('opens one room for an incident, and says so in the log', async () => {
    const { number } = await app.anIncident({ title: 'Checkout is failing' });
    const room = await fake.room(app, number);

    expect(
      fake.chat
        .rooms()
        .filter(({ name }) => name === 'inc-1-checkout-is-failing')
        .map(({ id }) => id),
    ).toEqual([room]);
    expect((await app.events(number)).map(({ type }) => type)).toEqual(['incident.declared', 'mirror.requested', 'mirror.opened']);
    expect((await app.events(number, 'mirror.opened'))[0]).toMatchObject({
      data: { name: 'inc-1-checkout-is-failing', surface: { id: 'fake', name: 'The fake' } },
    });
  });

  it.each<FaultKind>(['error-before', 'error-after', 'reset-after', 'silent-after', 'rate-limited', 'refused', 'garbage'])(
    'opens one room also when the first attempt ends like this: %s',
    async (kind) => {
      const before = fake.chat.rooms().length;
      fake.chat.fault('room', kind);

      const { number } = await app.anIncident({ title: `Room and ${kind}` });
      await fake.room(app, number);

      expect(fake.chat.rooms().length).toBe(before + 1);
      expect(await app.events(number, 'mirror.opened')).toHaveLength(1);
    },
  );

  it('says so when the chat refuses to make a room, and the room goes on without it', async () => {
    const { createRoom } = fake.chat.api;
    fake.chat.api.createRoom = () => Promise.resolve({ status: 403 });
    const { number } = await app.anIncident();
    await until('the refusal', async () => (await app.events(number, 'mirror.failed')).length === 1);
    fake.chat.api.createRoom = createRoom;

    await app.says(number, 'heard here anyway');

    expect(await app.texts(number)).toEqual(['heard here anyway']);
    await fake.told(app);
    expect(await fake.mirrors(app, number)).toMatchObject([{ state: 'failed', name: null, waiting: [] }]);
  });

  it('keeps one card up to date in its place', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await until('the card', () => fake.cards(room)[0]?.includes('Severity: SEV3 Minor'));

    await app.does(number, 'severity', { to: 'SEV1' });
    await app.does(number, 'status', { to: 'fixing' });
    await app.does(number, 'lead', { to: 'me' });
    await until('the newest card', () => /Severity: SEV1 Critical\nStatus: fixing\nLead: Admin/.test(fake.cards(room)[0] ?? ''));
    await fake.told(app);

    expect(fake.cards(room)).toHaveLength(1);
  });

  it.each<FaultKind>(['error-before', 'error-after', 'reset-after', 'rate-limited'])(
    'has one card also when an edit of it ends like this: %s',
    async (kind) => {
      const { number } = await app.anIncident();
      const room = await fake.room(app, number);
      await until('the card', () => fake.cards(room).length === 1);
      await fake.told(app);
      fake.chat.fault('edit', kind);

      await app.does(number, 'severity', { to: 'SEV2' });

      await until('the newest card', () => fake.cards(room)[0]?.includes('SEV2 Major'));
      await fake.told(app);
      expect(fake.cards(room)).toHaveLength(1);
    },
  );

  it('carries messages both ways, with who said it and where', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);

    await fake.says('mia', room, 'Errors since 03:05, and rising');
    await until('the message', async () => (await app.texts(number)).length === 1);
    await app.says(number, 'I see it too');
    await until('the copy', () => fake.said(room).length === 1);
    await fake.told(app);
    await fake.heard(app);

    expect(await app.events(number, 'message.posted')).toMatchObject([
      { by: { name: 'mia' }, via: { id: 'fake', name: 'The fake' }, late: false, data: { text: 'Errors since 03:05, and rising' } },
      { by: { name: 'Admin' }, via: { id: 'api' }, data: { text: 'I see it too' } },
    ]);
    const post = fake.chat.world.room(room).messages.find(({ body }) => body.summary.includes('I see it too'));
    expect(post?.body.author).toEqual({ name: 'Admin', via: 'API' });
    expect(fake.said(room)).toEqual(['I see it too']);
  });

  it('takes whoever speaks in a mirror among those who take part, once', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);

    await Promise.all(['a', 'b', 'c'].map((text) => fake.says('zoe', room, text)));
    await until('the messages', async () => (await app.texts(number)).length === 3);

    expect(await app.events(number, 'participant.joined')).toMatchObject([{ data: { person: { name: 'zoe' } } }]);
    expect((await app.database.query(`select 1 from person where name = 'zoe'`)).length).toBe(1);
  });

  it('hears a message once, however often and by whatever way it is told', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    fake.chat.events.webhookTo(async (request) => {
      const response = await fetch(new URL('/hooks/fake', app.url), { method: 'POST', headers: request.headers, body: request.body });
      return { status: response.status, body: await response.text() };
    });

    await fake.chat.say('mia', room, 'one', { delivery: { times: 3, alsoBy: 'webhook' } });
    await fake.chat.say('mia', room, 'two', { delivery: { transport: 'webhook', times: 2, alsoBy: 'socket' } });
    await until('both', async () => (await app.texts(number)).length >= 2);
    await fake.heard(app);

    expect(await app.texts(number)).toEqual(['one', 'two']);
  });

  it.each<FaultKind>(['error-after', 'reset-after', 'silent-after', 'garbage', 'error-before', 'reset-before', 'refused', 'rate-limited'])(
    'says a message once when the attempt ends like this: %s',
    async (kind) => {
      const { number } = await app.anIncident();
      const room = await fake.room(app, number);
      await fake.told(app);
      fake.chat.fault('send', kind);

      await app.says(number, 'once');
      await fake.told(app);
      await fake.heard(app);

      expect(fake.said(room)).toEqual(['once']);
      expect(await app.texts(number)).toEqual(['once']);
    },
  );

  it('says it once when it was applied after we had given up', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', 'late');
    // Nor can anybody look: else it would be said again as soon as an attempt has settled, which is a moment here.
    fake.chat.fault('history', 'error-before', Infinity);

    await app.says(number, 'once');
    await until('it is unknown', async () => (await statuses(number)).includes('unknown'));
    fake.chat.heal();
    await fake.told(app);

    expect(fake.said(room)).toEqual(['once']);
  });

  it('does not say it again when its echo comes while it waits for another attempt', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', 'late');
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 60_000 });
    const before = fake.chat.requests('send');

    await app.says(number, 'once');
    await until(
      'it waits for another attempt',
      async () => (await statuses(number)).includes('pending') && fake.chat.requests('send') > before + 1,
    );
    await until(
      'it was refused for now',
      async () =>
        (await app.database.query(`select 1 from delivery where status = 'pending' and fault ->> 'code' = 'rate-limited'`)).length > 0,
    );
    fake.chat.heal();
    await fake.told(app);

    expect(fake.said(room)).toEqual(['once']);
  });

  it('keeps the order of the room over everything that goes wrong, and says each once', async () => {
    const kinds = fc.constantFrom<FaultKind>(
      'error-before',
      'error-after',
      'reset-before',
      'reset-after',
      'rate-limited',
      'refused',
      'garbage',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 5 }), fc.integer({ min: 2, max: 6 }), async (faults, many) => {
        const { number } = await app.anIncident();
        const room = await fake.room(app, number);
        await fake.told(app);
        for (const kind of faults) fake.chat.fault('send', kind);

        const texts = Array.from({ length: many }, (_, n) => `message ${n}`);
        for (const text of texts) await app.says(number, text);
        await fake.told(app);

        expect(fake.said(room)).toEqual(texts);
        fake.chat.heal();
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('does not let one room wait for another', async () => {
    const [a, b] = [await app.anIncident(), await app.anIncident()];
    const [roomA, roomB] = [await fake.room(app, a.number), await fake.room(app, b.number)];
    await fake.told(app);
    fake.chat.fault('send', 'rate-limited', Infinity, {
      room: { adapter: 'fake', tenant: fake.chat.tenant, room: roomA },
      retryAfterMs: 200,
    });

    await app.says(a.number, 'waits');
    await app.says(b.number, 'goes');
    await until('the other room', () => fake.said(roomB).includes('goes'));
    await until('the first one waits', async () => (await fake.mirrors(app, a.number))[0]?.waiting.length === 1);

    expect(fake.said(roomA)).toEqual([]);
    fake.chat.heal();
    await until('the first room', () => fake.said(roomA).includes('waits'));
  });

  it('splits what is too long for one message, and keeps the parts in order over what goes wrong', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', 'error-after');
    const long = Array.from({ length: 900 }, (_, n) => `line ${n}`).join('\n');

    await app.says(number, long);
    await app.says(number, 'after it');
    await fake.told(app);

    expect(fake.said(room).length).toBeGreaterThan(2);
    expect(fake.said(room).slice(0, -1).join('').replaceAll('\n', '')).toBe(long.replaceAll('\n', ''));
    expect(fake.said(room).at(-1)).toBe('after it');
  });

  it('tells the room who changed what', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await app.does(number, 'severity', { to: 'SEV1', reason: 'all customers' });
    await app.does(number, 'resolve', { learned: 'We alert now' });
    await fake.told(app);

    expect(fake.said(room)).toEqual([
      'Admin (API) changed the severity from SEV3 to SEV1: all customers',
      'Admin (API) resolved it. What will not happen again: We alert now',
    ]);
  });

  async function statuses(incident: string): Promise<string[]> {
    const found = await app.database.query<{ status: string }>(
      `select d.status from delivery d join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id where i.reference = $1 and d.message_id is not null`,
      [incident],
    );
    return found.map(({ status }) => status);
  }
});

describe('Mirroring in a chat that brings no echo', () => {
  const fake = new FakeChat('readback', { echo: 'read-back', fileBytes: 10 });
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  beforeAll(() => fake.join(app));

  it.each<FaultKind>(['error-after', 'reset-after', 'silent-after', 'error-before'])(
    'finds out by looking whether it was said: %s',
    async (kind) => {
      const { number } = await app.anIncident();
      const room = await fake.room(app, number);
      await fake.told(app);
      fake.chat.fault('send', kind);

      await app.says(number, 'once');
      await app.says(number, 'and then');
      await fake.told(app);

      expect(fake.said(room)).toEqual(['once', 'and then']);
    },
  );

  it('says of a file that is larger than the chat takes that it is, and leads to it, and shows a smaller one', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    for (const [name, body] of [
      ['large.log', 'eleven byte'],
      ['small.log', 'ten bytes!'],
    ] as const) {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' };
      await fetch(`${app.url}/api/v1/incidents/${number}/files?name=${name}`, { method: 'POST', headers, body });
    }
    await fake.told(app);

    const [large, small] = fake.posts(room);
    expect(large?.text).toMatch(/added large\.log .*open in the war room.*It is larger than The readback takes\./s);
    expect(small?.text).not.toContain('larger than');
    expect([...fake.chat.world.files.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual(['ten bytes!']);
  });
});

describe('Mirroring in a chat that cannot tell', () => {
  const fake = new FakeChat('mute', { echo: 'none', reconcile: 'none' });
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  beforeAll(() => fake.join(app));

  it.each<FaultKind>(['reset-before', 'reset-after'])('leaves it to a person whether to say it again, and goes on: %s', async (kind) => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', kind);

    const doubtful = await app.says(number, 'nobody knows');
    await app.says(number, 'and then');
    await fake.told(app);

    expect(fake.said(room)).toEqual(kind === 'reset-after' ? ['nobody knows', 'and then'] : ['and then']);
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ waiting: [], doubtful: [doubtful] });
  });
});

describe('Mirroring in two chats', () => {
  const [left, right] = [new FakeChat('left'), new FakeChat('right')];
  const app = useApp({ roles: ROLES, platforms: [left.platform, right.platform] });
  beforeAll(async () => {
    await left.join(app);
    await right.join(app);
  });

  it('carries a message of one to the other, not back, and as whose it was', async () => {
    const { number } = await app.anIncident();
    const [l, r] = [await left.room(app, number), await right.room(app, number)];

    await left.says('mia', l, 'from the left');
    await until('the copy', () => right.said(r).length === 1);
    await right.says('bo', r, 'from the right');
    await until('the other copy', () => left.said(l).length === 1);
    await left.told(app);
    await right.told(app);

    expect(left.said(l)).toEqual(['from the right']);
    expect(right.said(r)).toEqual(['from the left']);
    expect(right.chat.world.room(r).messages.find(({ body }) => body.summary === 'from the left')?.body.author).toEqual({
      name: 'mia',
      via: 'The left',
    });
    expect(await app.texts(number)).toEqual(['from the left', 'from the right']);
  });

  it('goes on in one while the other answers nothing', async () => {
    const { number } = await app.anIncident();
    const [l, r] = [await left.room(app, number), await right.room(app, number)];
    left.chat.fault('send', 'silent', Infinity);

    await app.says(number, 'heard on the right');
    await until('the copy', () => right.said(r).length === 1);
    left.chat.heal();
    await left.told(app);

    expect(left.said(l)).toEqual(['heard on the right']);
  });
});
