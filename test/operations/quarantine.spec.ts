import type { Tx } from '#src/platform/database/database';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { AsideView, OperationsView } from '#src/operations/operations.types';
import { Sessions } from '#src/people/sessions';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { Chats } from '#src/platform/chats/chats';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { tryAgainNow } from '#test/support/next-try';
import { until } from '#test/support/until';

const BASE = '/api/v1/operations/quarantine';

/** What fails here throws; what ends the process is in test/processes/poison. */
describe('Deciding about what was put aside', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  /** As long as a word is in here, whoever meets it fails. */
  const poison = new Set<string>();
  let incident: string;
  let room: string;

  beforeAll(async () => {
    poisonReaders();
    await fake.join(app);
    poisonAdapter();
    incident = (await app.anIncident()).number;
    room = await fake.room(app, incident);
  });
  beforeEach(() => poison.clear());

  it('lists a message that could not be read, with why, how often and what would be missing', async () => {
    const [one] = await unreadable('broken one');

    expect(one).toMatchObject({
      kind: 'inbox',
      what: 'A message from fake',
      incident,
      tries: 3,
      state: 'aside',
      problem: expect.stringMatching(/^Error, at (?!.*poison)/),
    });
    expect(one?.missing).toContain('has to say it again');
    expect(JSON.stringify(one)).not.toContain('broken one');
    await replayed(one);
  });

  it('reads it when somebody asks after the fault was put right, at its own time, and says so', async () => {
    const [one] = await unreadable('broken two', 'after two');
    await until('the other is read', async () => (await texts('two')).length > 0);
    expect(await texts('two')).toEqual(['after two']);

    const answer = await replayed(one);

    expect(answer).toMatchObject({ state: 'handled', outcome: expect.stringContaining('read now') });
    expect(await texts('two')).toEqual(['broken two', 'after two']);
    expect(await list()).toEqual([]);
  });

  it('changes nothing when it is asked again', async () => {
    const [one] = await unreadable('broken three');
    await replayed(one);

    expect(await replayed(one)).toMatchObject({ state: 'handled' });
    expect(await texts('three')).toEqual(['broken three']);
  });

  it('leaves it where it is when it fails again, with the new reason', async () => {
    const [one] = await unreadable('broken four');

    const { body } = await app.api('POST', `${BASE}/${one?.id}/replay`);

    expect(body).toMatchObject({ state: 'aside', tries: 4, outcome: expect.stringContaining('Error, at') });
    poison.clear();
    await replayed(one);
  });

  it('acts on an event again that a follower could not act on', async () => {
    poison.add('unfollowed');
    await app.says(incident, 'unfollowed');
    await app.says(incident, 'followed');
    const [one] = await putAside();
    await until('the other is told', () => fake.said(room).includes('followed'));
    expect(one).toMatchObject({ kind: 'follower', what: 'The event message.posted, which "rooms" acts on', incident, tries: 3 });

    await replayed(one);

    await until('it is told too', () => fake.said(room).includes('unfollowed'));
    expect(await app.database.query('select 1 from follower_quarantine')).toEqual([]);
  });

  it('tells a public room nothing of a private incident, even while the event that closes that room lies aside', async () => {
    const { number } = await app.anIncident();
    const open = await fake.room(app, number);
    await fake.told(app);
    poison.add('unfollowed').add('"private":true');
    await app.does(number, 'privacy', { private: true });
    const [one] = await putAside();

    await app.says(number, 'The secret');
    await fake.told(app);
    await replayed(one);

    await until('the farewell', () => fake.said(open).some((text) => text.includes('This incident is private now')));
    expect(fake.said(open).join()).not.toContain('The secret');
  });

  it('lays aside again what was being tried when its end could not be written', async () => {
    const [one] = await unreadable('broken six');
    await app.database.query(
      `update quarantine set state = 'replaying', owner = $2, lease_until = clock_timestamp() + interval '1 hour', asked = $3 where id = $1`,
      [one?.id, PROCESS_ID, JSON.stringify({ person: { id: incident, name: 'Admin' }, via: { id: 'web', name: 'war room' } })],
    );

    await until('it lies aside again', async () => (await list())[0]?.state === 'aside');
    await replayed(one);
  });

  it('says again what an adapter could not say, and goes on meanwhile', async () => {
    poison.add('unsayable');
    await app.says(incident, 'unsayable');
    await app.says(incident, 'sayable');
    await until('the other is said', () => fake.said(room).includes('sayable'), 20_000);
    const [one] = await list();
    expect(one).toMatchObject({
      kind: 'delivery',
      what: 'A message for a chat',
      incident,
      tries: 3,
      problem: expect.stringMatching(/^Error, at (?!.*poison)/),
    });

    await replayed(one);

    await until('it is said too', () => fake.said(room).filter((text) => text === 'unsayable').length === 1);
    expect(await list()).toEqual([]);
  });

  it('drops what nobody needs, with a reason, for good', async () => {
    const [one] = await unreadable('broken five');
    expect((await app.api('POST', `${BASE}/${one?.id}/drop`, { why: ' ' })).status).toBe(400);

    const { body } = await app.api('POST', `${BASE}/${one?.id}/drop`, { why: 'it was a test' });

    expect(body).toMatchObject({ state: 'dropped', outcome: 'it was a test' });
    poison.clear();
    expect((await app.api('POST', `${BASE}/${one?.id}/replay`)).body).toMatchObject({ state: 'dropped' });
    expect(await texts('five')).toEqual([]);
  });

  it('writes down who decided what in the log of the organisation', async () => {
    const [one] = await unreadable('broken six');
    await replayed(one);
    const [two] = await unreadable('broken seven');
    await app.api('POST', `${BASE}/${two?.id}/drop`, { why: 'said again by voice' });

    expect(await announced(one)).toEqual([
      { type: 'quarantine.put-aside', by: null },
      { type: 'quarantine.replay-asked', by: 'Admin' },
      { type: 'quarantine.replayed', by: 'Admin' },
    ]);
    expect(await announced(two)).toEqual([
      { type: 'quarantine.put-aside', by: null },
      { type: 'quarantine.dropped', by: 'Admin' },
    ]);
  });

  it('is for admins only', async () => {
    const { session } = await app.get(Sessions).openForPractice('You');
    for (const path of [BASE, '/api/v1/operations', '/operations'])
      expect((await fetch(new URL(path, app.url), { headers: { cookie: `muster=${session}`, accept: 'application/json' } })).status).toBe(
        403,
      );
    expect((await fetch(new URL(BASE, app.url))).status).toBe(401);
  });

  it('says of what is not there that it is not there', async () => {
    expect((await app.api('POST', `${BASE}/0190a6e0-0000-7000-8000-000000000000/replay`)).status).toBe(404);
  });

  it('shows which processes are alive and what waits', async () => {
    const view = await until('this process says that it is alive', async () => {
      const { body } = (await app.api('GET', '/api/v1/operations')) as { body: OperationsView };
      return body.processes.some(({ pid, alive }) => pid === process.pid && alive) && body;
    });
    expect(view.processes[0]?.roles).toContain('worker');
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 2_000 });
    await app.says(incident, 'held up');
    await until('it waits', async () => {
      const { body } = (await app.api('GET', '/api/v1/operations')) as { body: OperationsView };
      return body.queues.find(({ name, length, oldest }) => name === 'Words to The fake' && length === 1 && oldest !== null);
    });
    fake.chat.heal();
  });

  async function unreadable(...lines: readonly [string, ...string[]]): Promise<AsideView[]> {
    poison.add(lines[0]);
    for (const line of lines) await fake.says('mia', room, line);
    return putAside();
  }

  async function putAside(): Promise<AsideView[]> {
    return until('it is put aside', async () => {
      await tryAgainNow(app);
      const aside = await list();
      return aside.length > 0 && aside;
    });
  }

  async function replayed(one: AsideView | undefined): Promise<AsideView> {
    poison.clear();
    const { status, body } = await app.api('POST', `${BASE}/${one?.id}/replay`);
    expect(status).toBe(200);
    return body;
  }

  async function list(): Promise<AsideView[]> {
    const { body } = (await app.api('GET', BASE)) as { body: { quarantine: AsideView[] } };
    return body.quarantine;
  }

  /** As the room shows them: what is late at its own time. */
  async function texts(word: string): Promise<string[]> {
    const events = await app.events(incident, 'message.posted');
    return events
      .sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq)
      .flatMap((event) => (event.type === 'message.posted' && event.data.text.includes(word) ? [event.data.text] : []));
  }

  async function announced(one: AsideView | undefined): Promise<unknown[]> {
    return app.database.query(
      `select type, actor ->> 'name' as by from event where type like 'quarantine.%' and data ->> 'id' = $1 order by seq`,
      [one?.id],
    );
  }

  function fail(given: unknown): void {
    for (const word of poison) if (JSON.stringify(given).includes(word)) throw new Error(`poison of ${word.length} letters`);
  }

  /** Faults in our own readers, planted before they meet anything. */
  function poisonReaders(): void {
    app.get(InboxHandlers).add({
      types: ['message.created'],
      handle: async (_tx: Tx, { event }: InboxItem) => Promise.resolve(fail(event)),
    });
    const followers = app.get(FollowerRunners) as unknown as {
      followers: { name: string; handle(tx: Tx, event: LoggedEvent): Promise<void> }[];
    };
    for (const follower of followers.followers) {
      const handle = follower.handle.bind(follower);
      follower.handle = async (tx, event) => {
        if (poison.has('unfollowed') && follower.name === 'rooms') fail(event.data);
        return handle(tx, event);
      };
    }
  }

  /** A fault in the adapter: it cannot write down what it is to say. */
  function poisonAdapter(): void {
    const messages = app.get(Chats).get('fake')?.adapter.messages;
    if (!messages) throw new Error('the chat is not joined');
    const render = messages.render.bind(messages);
    Object.assign(messages, {
      render: (...given: Parameters<typeof render>) => {
        if (poison.has('unsayable')) fail(given[0]);
        return render(...given);
      },
    });
  }
});
