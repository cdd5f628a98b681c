import { FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { People } from '#src/people/people.service';
import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import { openDatabase } from '#test/support/database';

describe('Meeting people', () => {
  let database: Database;
  let close: () => Promise<void>;
  let people: People;
  const chat = new FakePlatform();
  const mia = { adapter: 'fake', tenant: chat.tenant, user: 'U1' };

  beforeAll(async () => {
    ({ database, close } = await openDatabase());
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const nothing = { get: () => Promise.resolve(''), put: () => Promise.resolve() };
    const adapter = await fakePlugin(chat).create({
      instance: 'fake',
      config: {},
      hookUrl: 'https://muster.example.test/hooks/fake',
      tenants: () => Promise.resolve([chat.tenant]),
      secrets: nothing,
      kv: { get: () => Promise.resolve(null), set: () => Promise.resolve() },
      fetch,
      now: Date.now,
      log,
    });
    people = new People(database, { get: (id: string) => (id === 'fake' ? { adapter } : null) } as unknown as Chats, {
      keep: () => Promise.resolve(),
    });
  }, 60_000);
  afterEach(() => chat.heal());
  afterAll(() => close());

  it('makes one person of a newcomer who is met twenty times at once', async () => {
    chat.world.people.set('U1', { id: 'U1', name: 'Mia Berg', email: 'mia@example.test', active: true });

    const met = await Promise.all(Array.from({ length: 20 }, () => people.meet(mia)));

    expect(new Set(met.map(({ id }) => id)).size).toBe(1);
    expect(new Set(met.map(({ name }) => name))).toEqual(new Set(['Mia Berg']));
  });

  it('never takes two accounts for one person because their names are alike', async () => {
    chat.world.people.set('U2', { id: 'U2', name: 'Mia Berg', email: 'other@example.test', active: true });

    const [one, other] = [await people.meet(mia), await people.meet({ ...mia, user: 'U2' })];

    expect(one.id).not.toBe(other.id);
  });

  it('goes on with the id when the chat does not tell the name, and takes the name as soon as it does', async () => {
    chat.world.people.set('U3', { id: 'U3', name: 'Bo', email: 'bo@example.test', active: true });
    chat.fault('people', 'error-before');

    const before = await people.meet({ ...mia, user: 'U3' });
    const after = await people.meet({ ...mia, user: 'U3' });

    expect(before.name).toBe('U3');
    expect(after).toEqual({ id: before.id, name: 'Bo' });
  });

  it('does not wait long for a chat that says nothing', async () => {
    chat.world.people.set('U4', { id: 'U4', name: 'Zoe', email: 'zoe@example.test', active: true });
    chat.fault('people', 'silent');

    expect(await people.meet({ ...mia, user: 'U4' })).toMatchObject({ name: 'U4' });
  });

  it.each([
    ['', 'U5'],
    ['  ', 'U6'],
    ['T\0im', 'T\ufffdim'],
  ])('calls somebody whose name is %p by %p', async (name, called) => {
    const user = called.startsWith('U') ? called : 'U7';
    chat.world.people.set(user, { id: user, name, email: 'x@example.test', active: true });

    expect((await people.meet({ ...mia, user })).name).toBe(called);
  });

  it('has one first admin, and asks for a name only until there is one', async () => {
    const sessions = new Sessions(database, people);
    const first = await createLink(database, 'admin');
    expect(await sessions.needsName(first)).toBe(true);

    const session = await sessions.signIn(first, ' Ana ');
    const second = await createLink(database, 'admin');

    expect(await sessions.needsName(second)).toBe(false);
    const again = await sessions.signIn(second, '');
    expect(await sessions.ofCookie(session)).toMatchObject({ person: { name: 'Ana' }, role: 'admin' });
    expect((await sessions.ofCookie(again))?.person).toEqual((await sessions.ofCookie(session))?.person);
  });

  it('forgets a session that was ended, one that ran out, and one that nobody was given', async () => {
    const sessions = new Sessions(database, people);
    const ended = await sessions.signIn(await createLink(database, 'invitation'), 'A');
    const old = await sessions.signIn(await createLink(database, 'invitation'), 'B');
    await sessions.end(ended);
    await database.query(`update session set expires_at = clock_timestamp() where person_id = (select id from person where name = 'B')`);

    for (const cookie of [ended, old, 'never given', '']) expect(await sessions.ofCookie(cookie)).toBeNull();
  });

  it('keeps no session or link that could be used by whoever reads the database', async () => {
    const sessions = new Sessions(database, people);
    const link = await createLink(database, 'invitation');
    const session = await sessions.signIn(link, 'C');

    const kept = JSON.stringify(await database.query(`select s::text from session s union all select l::text from sign_in_link l`));
    for (const secret of [link, session]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
