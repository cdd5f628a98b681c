import { uuidv7 } from 'uuidv7';
import { MUSTER } from '#src/platform/log/event.types';
import { StreamLog } from '#src/platform/log/log';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import type { TestApp } from '#test/support/app';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { somebody } from './somebody.ts';
import { sweepOnlyWhenAsked } from './sweeps-when-asked.ts';

/** A pace: before a person is asked, a delivery is looked for ten times, over three minutes. */
const MANY_LOOKS = 400;

const ROLES = ['web', 'ingest', 'worker'] as const;

/** What is to be looked for two or fifteen minutes later is looked for now. */
async function itIsTime(app: TestApp, fake: FakeChat): Promise<void> {
  // What is being swept at this moment needs no waking, and waiting for it could be waited for in turn.
  await app.database.query(
    `update unswept set due_at = clock_timestamp() where (delivery_id, part) in (
       select u.delivery_id, u.part from unswept u join mirror m on m.id = u.mirror_id where m.instance = $1 for update of u skip locked)`,
    [fake.id],
  );
}

/** How often each of what was said and is still to be looked for was found so far. */
async function looks(app: TestApp, fake: FakeChat): Promise<number[]> {
  const found = await app.database.query<{ looks: number }>(
    'select u.looks from unswept u join mirror m on m.id = u.mirror_id where m.instance = $1',
    [fake.id],
  );
  return found.map((row) => row.looks);
}

describe('Looking afterwards for what a chat says it has', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  let number: string;
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    await sweepOnlyWhenAsked(app);
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await settled();
    await app.database.query('delete from unswept');
  });
  afterEach(() => fake.chat.heal());

  it('says again, once, what the chat took and never showed, and says when it was written', async () => {
    fake.chat.fault('send', 'lost');
    await app.says(number, 'never there');
    await app.says(number, 'there');
    await settled();
    expect(fake.said(room)).toEqual(['there']);
    await app.database.query(`update delivery set created_at = created_at - interval '2 minutes'`);

    await itIsTime(app, fake);
    await until('it is there', () => fake.said(room).length === 2);
    await twoLooks();

    expect(fake.said(room)).toEqual(['there', expect.stringMatching(/^never there\nWritten at /)]);
    expect(await app.texts(number)).toEqual(['never there', 'there']);
  });

  it('looks twice for each, reads a room once for all that is due there, and reads nothing more after that', async () => {
    for (const text of ['one', 'two', 'three']) await app.says(number, text);
    await settled();
    const before = fake.chat.requests('history');

    await itIsTime(app, fake);
    await until('the first look', async () => (await looks(app, fake)).every((many) => many === 1));
    const afterOne = fake.chat.requests('history');
    await itIsTime(app, fake);
    await until('the second look', async () => (await looks(app, fake)).length === 0);

    expect(afterOne - before).toBe(1);
    expect(fake.chat.requests('history') - afterOne).toBe(1);
    expect(fake.said(room)).toEqual(['one', 'two', 'three']);
  });

  it('takes the later away of what stands there twice', async () => {
    fake.chat.fault('send', 'late');
    await app.says(number, 'once');
    await settled();
    await app.says(number, 'after it');
    await settled();
    fake.chat.heal();
    await until('it is there twice', () => fake.said(room).length === 3);

    await itIsTime(app, fake);
    await until('one of them is gone', () => fake.said(room).length === 2);

    expect(fake.said(room)).toEqual(['once', 'after it']);
    expect(await app.texts(number)).toEqual(['once', 'after it']);
  });

  it('edits the one that was kept', async () => {
    fake.chat.fault('send', 'late');
    const said = await app.says(number, 'once');
    await settled();
    fake.chat.heal();
    await until('it is there twice', () => fake.said(room).length === 2);
    await fake.heard(app);
    await itIsTime(app, fake);
    await until('one of them is gone', () => fake.said(room).length === 1);

    await app.does(number, 'edit', { messageId: said, text: 'once, and better' });
    await settled();

    expect(fake.said(room)).toEqual(['once, and better']);
  });

  it('does not say again what somebody took away in the chat', async () => {
    await app.says(number, 'a password');
    await settled();
    await fake.heard(app);
    await remove('a password');

    await twoLooks();

    expect(fake.said(room)).toEqual([]);
  });

  it('nor when nobody heard them do so', async () => {
    await app.says(number, 'a password');
    await settled();
    await fake.heard(app);
    fake.chat.events.quiet('silent');
    await remove('a password');
    await fake.chat.events.loud();

    await twoLooks();

    expect(fake.said(room)).toEqual([]);
  });

  it('nor what was taken back in the room meanwhile', async () => {
    fake.chat.fault('send', 'lost');
    const said = await app.says(number, 'a password');
    await settled();
    await app.does(number, 'delete', { messageId: said });
    await settled();

    await twoLooks();

    expect(fake.said(room)).toEqual([]);
  });

  it('nor a nudge: it asked then, and the next one asks again', async () => {
    const { id } = (await app.database.query<{ id: string }>('select id from incident where reference = $1', [number]))[0] ?? { id: '' };
    fake.chat.fault('send', 'lost');
    const nudge = { about: 'update', dueAt: new Date().toISOString(), since: 1 };
    await app.database.transaction((tx) =>
      app.get(StreamLog).append(tx, id, { id: uuidv7(), type: 'nudge.given', by: null, via: MUSTER, data: nudge }),
    );
    await settled();

    await twoLooks();

    expect(fake.said(room)).toEqual([]);
  });

  it('says what was edited meanwhile as it reads now', async () => {
    fake.chat.fault('send', 'lost');
    const said = await app.says(number, 'at 03:50');
    await settled();
    await app.does(number, 'edit', { messageId: said, text: 'at 03:05' });
    await settled();

    await itIsTime(app, fake);
    await until('it is there', () => fake.said(room).length === 1);
    await settled();

    expect(fake.said(room)).toEqual(['at 03:05']);
  });

  it('says again only the part that is missing', async () => {
    fake.chat.fault('send', 'lost');
    const long = Array.from({ length: 900 }, (_, n) => `line ${n}`).join('\n');
    await app.says(number, long);
    await settled();
    const there = fake.said(room);

    await itIsTime(app, fake);
    await until('the missing part', () => fake.said(room).length === there.length + 1);
    await twoLooks();

    expect(fake.said(room).slice(0, -1)).toEqual(there);
    expect([fake.said(room).at(-1), ...there].join('').replaceAll('\n', '')).toBe(long.replaceAll('\n', ''));
  });

  it('says again in its thread what was an answer', async () => {
    const place = await fake.says('mia', room, 'Is it the cache?');
    const question = await until('the question', async () => (await app.events(number, 'message.posted'))[0]?.id);
    fake.chat.fault('send', 'lost');
    await app.does(number, 'message', { text: 'It is', replyTo: question }, uuidv7());
    await settled();

    await itIsTime(app, fake);
    await until('the answer', () => fake.said(room).length === 1);
    await twoLooks();

    expect(fake.posts(room)).toMatchObject([{ text: 'It is', thread: String(place.number) }]);
  });

  it('makes the card again, and keeps that one up to date', async () => {
    fake.chat.fault('send', 'lost');
    const other = await app.anIncident();
    const there = await fake.room(app, other.number);
    await settled();
    expect(fake.cards(there)).toEqual([]);

    await itIsTime(app, fake);
    await until('the card', () => fake.cards(there).length === 1);
    await app.does(other.number, 'severity', { to: 'SEV1' });
    await until('the newest card', () => fake.cards(there)[0]?.includes('SEV1 Critical'));
    await settled();

    expect(fake.cards(there)).toHaveLength(1);
  });

  it('leaves to a person what the chat lost three times', async () => {
    fake.chat.fault('send', 'lost', 3);
    const doubtful = await app.says(number, 'never there');
    for (let time = 1; time <= 3; time++) {
      await settled();
      await itIsTime(app, fake);
      await until(`it was lost ${time} times`, async () => (await lostTimes(doubtful)) === time);
    }
    await settled();

    expect(fake.said(room)).toEqual([]);
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ waiting: [], doubtful: [doubtful] });
  });

  it('looks rarely for what was lost while a person has to decide about the rest, and says it as soon as they have', async () => {
    const { post } = fake.chat.api;
    fake.chat.fault('send', 'lost');
    fake.chat.api.post = (asked, ...rest) =>
      JSON.stringify(asked).includes('line 899') ? Promise.resolve({ status: 403 }) : post.call(fake.chat.api, asked, ...rest);
    const long = Array.from({ length: 900 }, (_, n) => `line ${n}`).join('\n');
    await app.says(number, long);
    await settled();
    fake.chat.api.post = post;
    const said = fake.said(room).length;
    await app.database.query(`update unswept set said_at = said_at - interval '1 hour' where not seen`);

    await itIsTime(app, fake);
    const wait = await until('it was looked for', async () => {
      const [row] = await app.database.query<{ wait: number }>(
        'select extract(epoch from due_at - clock_timestamp())::float8 as wait from unswept where not seen and due_at > clock_timestamp()',
      );
      return row?.wait;
    });
    await app.does(number, 'command', { text: '/say-again' });
    await until('it is there', () => fake.said(room).length === said + 2);
    await twoLooks();

    // Six hours, at the pace of tests.
    expect(wait).toBeGreaterThan(400);
    expect(
      fake
        .said(room)
        .join('')
        .match(/line \d+/g)
        ?.toSorted(),
    ).toEqual(long.split('\n').toSorted());
  });

  it('proves nothing by the history of a chat that is in doubt, and looks when that is over', async () => {
    fake.chat.fault('send', 'lost');
    await app.says(number, 'never there');
    await settled();
    const surface = fake.surface;
    await app.database.transaction((tx) => app.get(MirrorTrouble).suspect(tx, surface, new Date(), 'a test'));
    const before = fake.chat.requests('history');
    await itIsTime(app, fake);
    await app.says(number, 'said meanwhile');
    await settled();
    const meanwhile = fake.chat.requests('history') - before;

    await app.database.transaction((tx) => app.get(MirrorTrouble).catchUp(tx, surface, new Date()));
    await until('it is there', () => fake.said(room).length === 2);

    expect(meanwhile).toBe(0);
    expect(fake.said(room)).toEqual(['said meanwhile', 'never there']);
  });

  it('goes on looking when the room cannot be read', async () => {
    fake.chat.fault('send', 'lost');
    await app.says(number, 'never there');
    await settled();
    fake.chat.fault('history', 'error-before', 7);

    await itIsTime(app, fake);
    await until('it is there', () => fake.said(room).length === 1);

    expect(fake.said(room)).toEqual(['never there']);
  });

  async function settled(): Promise<void> {
    await fake.told(app);
    await fake.heard(app);
  }

  async function twoLooks(): Promise<void> {
    await until('everything was looked for', async () => {
      await itIsTime(app, fake);
      return (await looks(app, fake)).length === 0;
    });
    await settled();
  }

  async function remove(text: string): Promise<void> {
    const message = fake.posts(room).find((post) => post.text === text);
    await fake.chat.remove('mia', { room, number: Number(message?.id) });
    await fake.heard(app);
  }

  async function lostTimes(messageId: string): Promise<number | undefined> {
    const [row] = await app.database.query<{ lost: number }>('select lost from delivery where message_id = $1', [messageId]);
    return row?.lost;
  }
});

describe('Looking afterwards in a chat that cannot be read', () => {
  const fake = new FakeChat('mute', { echo: 'none', reconcile: 'none' });
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  beforeAll(() => fake.join(app));

  it('believes it', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    await app.says(number, 'there');
    await fake.told(app);

    await until('nothing is left to look for', async () => {
      await itIsTime(app, fake);
      return (await looks(app, fake)).length === 0;
    });
    await fake.told(app);

    expect(fake.said(room)).toEqual(['there']);
    expect(fake.chat.requests('history')).toBe(0);
  });
});

describe('Looking afterwards for what nobody could tell of', () => {
  const fake = new FakeChat('deaf', { echo: 'none' }, false, MANY_LOOKS);
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  let number: string;
  let room: string;
  beforeAll(async () => {
    await fake.join(app);
    await sweepOnlyWhenAsked(app);
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
    await app.database.query('delete from unswept');
  });
  afterEach(() => fake.chat.heal());

  /** Said, or not, while the chat cannot be asked: a person would have to look. */
  async function inDoubt(how: 'reset-before' | 'reset-after', text = 'nobody knows'): Promise<string> {
    fake.chat.fault('send', how);
    fake.chat.fault('history', 'error-before', Infinity);
    const messageId = await app.says(number, text);
    await fake.told(app);
    expect(await doubtful()).toContain(messageId);
    fake.chat.heal();
    return messageId;
  }
  const doubtful = async (): Promise<readonly string[] | undefined> => (await fake.mirrors(app, number))[0]?.doubtful;
  const aside = () => app.database.query(`select problem, outcome from quarantine where kind = 'delivery' and state = 'aside'`);
  const untilSwept = (): Promise<unknown> =>
    until('everything was looked for', async () => {
      await itIsTime(app, fake);
      return (await looks(app, fake)).length === 0;
    });

  it.each(['reset-before', 'reset-after'] as const)('says it where it is not there, once, and needs no person: %s', async (how) => {
    await inDoubt(how);

    await untilSwept();
    await fake.told(app);
    await untilSwept();

    expect(fake.said(room)).toEqual(['nobody knows']);
    expect(await doubtful()).toEqual([]);
    expect(await aside()).toEqual([]);
  });

  it('edits later what was there all the time', async () => {
    const messageId = await inDoubt('reset-after');
    await untilSwept();

    await app.does(number, 'edit', { messageId, text: 'somebody knows' });
    await fake.told(app);

    expect(fake.said(room)).toEqual(['somebody knows']);
  });

  it('says it as it reads by then, and not at all where it was taken back', async () => {
    const edited = await inDoubt('reset-before', 'at 03:50');
    const deleted = await inDoubt('reset-before', 'a password');
    await app.does(number, 'edit', { messageId: edited, text: 'at 03:05' });
    await app.does(number, 'delete', { messageId: deleted });
    await fake.told(app);
    const post = import.meta.jest.spyOn(fake.chat.api, 'post');

    await untilSwept();
    await fake.told(app);

    expect(fake.said(room)).toEqual(['at 03:05']);
    // Nor for the moment until it is taken away again.
    expect(JSON.stringify(post.mock.calls)).not.toContain('a password');
    post.mockRestore();
  });

  it('does to what was there all the time what was done to it meanwhile', async () => {
    const edited = await inDoubt('reset-after', 'at 03:50');
    const deleted = await inDoubt('reset-after', 'a password');
    await app.does(number, 'edit', { messageId: edited, text: 'at 03:05' });
    await app.does(number, 'delete', { messageId: deleted });
    await fake.told(app);
    expect(fake.said(room)).toEqual(['at 03:50', 'a password']);

    await untilSwept();
    await fake.told(app);

    expect(fake.said(room)).toEqual(['at 03:05']);
  });

  /** So many have waited long enough to be said as one when this ends. */
  async function gathered(says: (n: number) => Promise<string>): Promise<string[]> {
    const switched = (off: true | null) => app.api('PUT', '/api/v1/operations/switches/mirrors', { off, why: 'A test fills the lane.' });
    await switched(true);
    const ids: string[] = [];
    for (let n = 0; n < 22; n++) ids.push(await says(n));
    await until('all of it waits', async () => (await app.database.query(`select 1 from delivery where status = 'pending'`)).length === 22);
    await app.database.query(`update delivery set created_at = created_at - interval '5 minutes' where status = 'pending'`);
    await switched(null);
    return ids;
  }

  it('says a digest as its words read by then', async () => {
    fake.chat.fault('send', 'reset-before');
    fake.chat.fault('history', 'error-before', Infinity);
    const ids = await gathered((n) => app.says(number, `line ${n}`));
    await until('nobody knows', async () => (await doubtful())?.length === 22);
    fake.chat.heal();
    await app.does(number, 'edit', { messageId: ids[3], text: 'put right afterwards' });
    await app.does(number, 'delete', { messageId: ids[5] });
    await fake.told(app);

    await untilSwept();
    await fake.told(app);

    expect(fake.said(room)).toEqual([expect.stringContaining('line 0')]);
    expect(fake.said(room)[0]).toContain('put right afterwards');
    expect(fake.said(room)[0]).not.toMatch(/line [35]\b/);
  });

  // 10,000 posts at 40 % faulty calls ended with seven that were left to a person: their thread was lost, which was no answer.
  it('says both parts of a digest of which the chat lost the first, and nobody could tell of the second, in its thread', async () => {
    const wordy = await somebody(app, 'Adalbertina of the Northern Harbours, who has a name that goes on');
    const before = await wordy.says(number, 'said before');
    await fake.told(app);
    fake.chat.fault('send', 'lost');
    fake.chat.fault('send', 'reset-before');
    fake.chat.fault('history', 'error-before', Infinity);
    await gathered((n) => wordy.says(number, `answer ${n}`, before));
    await until('nobody knows', async () => (await doubtful())?.length === 22);
    fake.chat.heal();

    await untilSwept();
    await fake.told(app);
    await untilSwept();

    const answers = fake.said(room).flatMap((text) => text.match(/answer \d+/g) ?? []);
    expect(answers.toSorted()).toEqual(Array.from({ length: 22 }, (_, n) => `answer ${n}`).toSorted());
    expect(await doubtful()).toEqual([]);
  });

  it('leaves it to a person where it comes to nothing again and again', async () => {
    await inDoubt('reset-before');
    // Each time it is said again, nobody can tell from that moment on.
    const post = fake.chat.api.post.bind(fake.chat.api);
    let times = 0;
    fake.chat.api.post = (...asked) => {
      times += 1;
      fake.chat.fault('history', 'error-before', Infinity);
      return post(...asked);
    };
    for (const time of [1, 2]) {
      fake.chat.fault('send', 'reset-before');
      await until('it was said again', async () => {
        await itIsTime(app, fake);
        return times === time;
      });
      await fake.told(app);
      fake.chat.heal();
    }
    fake.chat.api.post = post;

    expect(await doubtful()).toHaveLength(1);
    expect(await looks(app, fake)).toEqual([]);
    expect(fake.said(room)).toEqual([]);
  });
});
