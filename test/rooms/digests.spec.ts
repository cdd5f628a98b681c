import type { HeardView } from '#libs/war-room-protocol/heard';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { type Somebody, somebody } from './somebody.ts';

describe('What had to wait long for a chat, and is much', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let number: string;
  let room: string;
  let ada: Somebody;

  beforeAll(async () => {
    await fake.join(app);
    ada = await somebody(app, 'Ada');
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });
  afterEach(() => fake.chat.up());

  it('is said there as one message, in order: who said what and when', async () => {
    await down();
    const ids = await says(22);
    await ada.does(number, 'severity', { to: 'SEV1' });
    await queued(23);

    await back();

    const [digest, ...others] = fake.said(room);
    expect(others).toEqual([expect.stringContaining('did not reach Muster')]);
    expect(digest).toMatch(/^From the war room, .+: 22 messages and 1 change, which had to wait/);
    expect(linesOf(digest)).toEqual([
      ...ids.map((_, n) => expect.stringMatching(new RegExp(`Ada: line ${n}$`)) as string),
      expect.stringContaining('changed the severity') as string,
    ]);
    expect(fake.posts(room)[0]?.links).toEqual([expect.stringMatching(`/i/${number}$`)]);
  });

  it('is said one by one where it is little, or has waited no minute', async () => {
    await down();
    await says(20);
    await queued(20);
    await back();
    await fake.told(app);
    expect(fake.said(room).slice(0, 20)).toEqual(
      Array.from({ length: 20 }, (_, n) => expect.stringMatching(`^line ${n}(\\s|$)`) as string),
    );

    await down();
    await says(22, 'new');
    await back();
    expect(fake.said(room).filter((line) => line.startsWith('new'))).toHaveLength(22);
  });

  it('tells where each of it has been heard, and waits as one', async () => {
    await down();
    const ids = await says(21);
    await queued(21);
    fake.chat.heal();
    expect(await mirror()).toMatchObject({ waiting: ids });

    await back();

    for (const id of [ids[0], ids[20]]) expect(await heard(id)).toMatchObject({ state: 'there', inDigest: true, why: null });
    const seq = (await app.events(number)).find(({ id }) => id === ids[0])?.seq;
    expect((await app.api('GET', `/lite/i/${number}/m/${seq}`)).body).toContain('In The fake: yes, in a digest');
    expect(await mirror()).toMatchObject({ state: 'open', waiting: [], refused: [], doubtful: [] });
    expect((await app.events(number, 'gap.closed')).map(({ data }) => data)).toMatchObject([{ outbound: 21 }]);
  });

  it('shows what was edited and taken back since', async () => {
    await down();
    const ids = await says(22);
    await queued(22);
    await edit(ids[3], 'put right before it was said');
    await remove(ids[4]);
    await queued(21);
    await back();
    expect(linesOf(fake.said(room)[0])).toContainEqual(expect.stringMatching(/put right before it was said$/));
    expect(fake.said(room)[0]).not.toContain('line 4');

    await edit(ids[5], 'put right afterwards');
    await remove(ids[6]);
    await fake.told(app);

    const [digest] = fake.said(room);
    expect(digest).toMatch(/Ada: put right afterwards/);
    expect(digest).toMatch(/Ada: \(deleted\)/);
    expect(digest).not.toMatch(/line [56]\n/);
    expect(fake.said(room)).toHaveLength(2);
  });

  it('says in its thread what was taken back, where the chat refuses the edit', async () => {
    await down();
    const ids = await says(21);
    await queued(21);
    await back();
    const { edit: edits } = fake.chat.api;
    fake.chat.api.edit = (at, ...rest) => (at === room ? Promise.resolve({ status: 403 }) : edits.call(fake.chat.api, at, ...rest));

    await remove(ids[3]);
    await fake.told(app);
    fake.chat.api.edit = edits;

    const posts = fake.posts(room);
    expect(posts.at(-1)).toMatchObject({ text: `Ada's message "line 3" was deleted in the war room.`, thread: posts[0]?.id });
  });

  it('says of an answer whom it answers; a later one goes into its thread', async () => {
    const before = await ada.says(number, 'said before');
    await fake.told(app);
    await down();
    const ids = await says(20);
    await ada.says(number, 'an answer to one before', before);
    await ada.says(number, 'an answer to one that waits', ids[2]);
    await queued(22);
    await back();
    const [, digest] = fake.said(room);
    expect(digest).toMatch(/Ada to Ada’s “said before”: an answer to one before/);
    expect(digest).toMatch(/Ada to Ada’s “line 2”: an answer to one that waits/);

    await ada.says(number, 'later', ids[2]);
    await fake.told(app);

    const posts = fake.posts(room);
    expect(posts.at(-1)?.text).toMatch(/^Ada: line 2\s+later$/);
    expect(posts.at(-1)?.thread).toBe(posts.find(({ text }) => text.startsWith('From the war room'))?.id);
  });

  it('goes on in a thread where it is too much for one', async () => {
    await down();
    const ids = await says(60);
    await queued(60);

    await back();

    const [first, ...others] = fake.posts(room).slice(0, -1);
    expect(first?.text).toContain('There is more in the thread.');
    expect(first?.thread).toBeUndefined();
    expect(others.map(({ thread }) => thread)).toEqual(others.map(() => first?.id));
    expect([first, ...others].flatMap((post) => linesOf(post?.text))).toEqual(
      ids.map((_, n) => expect.stringMatching(new RegExp(`Ada: line ${n}$`)) as string),
    );
    expect(await heard(ids[59])).toMatchObject({ state: 'there', inDigest: true });
  });

  it('goes on in the open where somebody in the chat took its beginning away meanwhile', async () => {
    const wordy = await somebody(app, 'Adalbertina of the Northern Harbours, who has a name that goes on');
    const before = await wordy.says(number, 'said before');
    await fake.told(app);
    await down();
    for (let n = 0; n < 22; n++) await wordy.says(number, `answer ${n}`, before);
    await queued(22);
    const post = fake.chat.api.post.bind(fake.chat.api);
    fake.chat.api.post = (asked, ...rest) => (asked.thread === undefined ? post(asked, ...rest) : Promise.resolve({ status: 412 }));

    await back();
    fake.chat.api.post = post;

    const digest = fake.posts(room).slice(1, -1);
    expect(digest.map(({ thread }) => thread)).toEqual([undefined, undefined]);
    expect(digest.flatMap(({ text }) => text.match(/answer \d+/g))).toEqual(Array.from({ length: 22 }, (_, n) => `answer ${n}`));
    expect(await mirror()).toMatchObject({ waiting: [], refused: [] });
  });

  it('is not said twice when nobody knows how it ended', async () => {
    await down();
    await says(21);
    await queued(21);
    fake.chat.heal();
    fake.chat.fault('send', 'silent-after', 1);
    fake.chat.events.quiet('silent');

    await back();

    expect(fake.said(room).filter((line) => line.startsWith('From the war room'))).toHaveLength(1);
    expect(await mirror()).toMatchObject({ waiting: [], doubtful: [] });
  });

  it('is one thing to say again where the chat would not have it', async () => {
    await down();
    const ids = await says(21);
    await queued(21);
    const post = fake.chat.api.post.bind(fake.chat.api);
    fake.chat.api.post = () => Promise.resolve({ status: 404 });
    await back();
    fake.chat.api.post = post;
    expect((await mirror())?.refused.map(({ messageId }) => messageId)).toEqual(ids);
    expect(await heard(ids[0])).toMatchObject({ state: 'refused', inDigest: false });

    expect(await ada.does(number, 'say-again', { messageId: ids[7] })).toMatchObject({
      status: 200,
      body: { say: expect.stringContaining('21 messages are said again') as string },
    });
    await fake.told(app);

    expect(linesOf(fake.said(room).find((line) => line.startsWith('From the war room')))).toHaveLength(21);
    expect((await mirror())?.refused).toEqual([]);
  });

  it('comes after it what is said meanwhile', async () => {
    await down();
    await says(21);
    await queued(21);
    fake.chat.heal();
    // Until the chat is back: what comes after it is to be said before it has been.
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 300 });
    await trouble((it, tx) => it.catchUp(tx, fake.surface, new Date()));
    await until('the digest is being said', async () => (await count(`is_digest and attempts > 0`)) === 1);
    await ada.says(number, 'meanwhile');
    await back();

    expect(fake.said(room).map((line) => line.slice(0, 9))).toEqual(['From the ', 'meanwhile', expect.any(String)]);
  });

  it('falls apart where the chat will not have it, and what is wrong with one thing is only that one’s', async () => {
    await down();
    const ids = [...(await says(10)), await ada.says(number, 'UNWRITABLE'), ...(await says(11, 'more'))];
    await queued(22);
    const post = fake.chat.api.post.bind(fake.chat.api);
    fake.chat.api.post = (...asked) =>
      JSON.stringify(asked[0]).includes('UNWRITABLE') ? Promise.resolve({ status: 413 }) : post(...asked);

    await back();
    fake.chat.api.post = post;

    expect(fake.said(room).flatMap((line) => /^(?:line|more) \d+/.exec(line) ?? [])).toEqual([
      ...Array.from({ length: 10 }, (_, n) => `line ${n}`),
      ...Array.from({ length: 11 }, (_, n) => `more ${n}`),
    ]);
    expect(await mirror()).toMatchObject({ waiting: [], refused: [{ messageId: ids[10] }] });
  });

  async function says(many: number, what = 'line'): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < many; n++) ids.push(await ada.says(number, `${what} ${n}`));
    return ids;
  }

  /** So many wait, and have for some time. */
  async function queued(many: number): Promise<void> {
    await until(`${many} wait`, async () => (await count(`status = 'pending' and operation = 'send'`)) === many);
    await app.database.query(`update delivery set created_at = created_at - interval '5 minutes' where status = 'pending'`);
  }

  const count = async (what: string): Promise<number> =>
    (
      await app.database.query(
        `select 1 from delivery d join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id where i.reference = $1 and d.${what}`,
        [number],
      )
    ).length;

  const heard = async (id = ''): Promise<HeardView['chats'][number] | undefined> =>
    ((await app.api('GET', `/api/v1/incidents/${number}/messages/${id}/heard`)).body as HeardView).chats[0];

  const mirror = async (): Promise<MirrorView | undefined> => (await fake.mirrors(app, number))[0];

  async function trouble(tell: (it: MirrorTrouble, tx: Parameters<MirrorTrouble['park']>[0]) => Promise<void>): Promise<void> {
    await app.database.transaction((tx) => tell(app.get(MirrorTrouble), tx));
  }

  async function down(): Promise<void> {
    fake.chat.down('silent', 'refused');
    const at = new Date();
    await trouble((it, tx) => it.suspect(tx, fake.surface, at, 'a look was missed'));
    await trouble((it, tx) => it.park(tx, fake.surface, at, 'nothing answers'));
  }

  /** The chat has all of it, and the room was told. */
  async function back(): Promise<void> {
    await fake.chat.up();
    await trouble((it, tx) => it.catchUp(tx, fake.surface, new Date()));
    await until(
      'the gap is closed',
      async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0,
      30_000,
    );
    await fake.told(app);
  }

  const edit = async (messageId = '', text = ''): Promise<void> => {
    expect(await ada.does(number, 'edit', { messageId, text })).toMatchObject({ status: 200 });
  };
  const remove = async (messageId = ''): Promise<void> => {
    expect(await ada.does(number, 'delete', { messageId })).toMatchObject({ status: 200 });
  };
});

/** Without its head. */
const linesOf = (digest = ''): string[] => digest.split('\n').slice(1);
