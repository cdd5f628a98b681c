import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { ArchiveWatch } from '#src/rooms/archiving/archive-watch';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('An incident’s channel in Slack is looked after', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('has its card pinned and a bookmark to the war room, once each, however much happens', async () => {
    const { number, channel } = await lookedAfter();

    for (const to of ['SEV2', 'SEV1']) await app.does(number, 'severity', { to });
    await calm();

    expect(slack.pins(channel).map(({ text }) => text)).toEqual([expect.stringContaining('SEV1')]);
    expect(slack.bookmarks(channel)).toMatchObject([{ title: 'War room', link: `${app.url}/i/${number}` }]);
  });

  it('has the new card pinned when somebody took the old one away', async () => {
    const { number, channel } = await lookedAfter();
    const [card] = slack.pins(channel);

    await deleted(channel, card!.ts);
    await app.does(number, 'severity', { to: 'SEV2' });

    const again = await until('the new one', () => slack.pins(channel)[0]);
    expect(again.ts).not.toBe(card!.ts);
    expect(again.text).toContain('SEV2');
  });

  it('leaves a pin and a bookmark alone that a person took away', async () => {
    const { number, channel } = await lookedAfter();

    await slack.as(ana).pin(channel, slack.pins(channel)[0]!.ts, false);
    await app.does(number, 'severity', { to: 'SEV1' });
    await calm();

    expect(slack.pins(channel)).toEqual([]);
  });

  it('is renamed with its incident, by the rule by which it was named, and tells nobody twice', async () => {
    const { number, channel } = await lookedAfter();

    await app.does(number, 'rename', { title: 'Payments are down' });

    await until('the name', () => nameOf(channel) === `${number.toLowerCase()}-payments-are-down`);
    await calm();
    await slack.idle();
    expect((await mirrorOf(number)).name).toBe(nameOf(channel));
    expect(await app.events(number, 'mirror.renamed')).toEqual([]);
  });

  it('gets a name of its own when somebody has the new one', async () => {
    const { number, channel } = await lookedAfter();
    await slack.as(ana).createChannel(`${number.toLowerCase()}-taken`);

    await app.does(number, 'rename', { title: 'taken' });

    await until('another', () => new RegExp(`^${number.toLowerCase()}-taken-[0-9a-f]{6}$`).test(nameOf(channel)));
  });

  it('keeps a name that a person gave it, whatever else changes, until the incident is renamed after that', async () => {
    const { number, channel } = await lookedAfter();

    await slack.as(ana).rename(channel, `ours-${number.toLowerCase()}`);
    await until('the news', async () => (await app.events(number, 'mirror.renamed')).length === 1);
    await app.does(number, 'severity', { to: 'SEV1' });
    await calm();
    expect(nameOf(channel)).toBe(`ours-${number.toLowerCase()}`);

    await app.does(number, 'rename', { title: 'It is the database' });
    await until('the new name', () => nameOf(channel) === `${number.toLowerCase()}-it-is-the-database`);
    expect(await app.events(number, 'mirror.renamed')).toHaveLength(1);
  });

  it('says once, in words, that Slack will not have it renamed, and asks no more for that name', async () => {
    const { number, channel } = await lookedAfter();
    slack.setFault({ kind: 'error', on: 'conversations.rename', channel, error: 'not_authorized' });

    await app.does(number, 'rename', { title: 'Not to be' });
    await until('the words', async () => (await app.events(number, 'mirror.unkept')).length === 1);
    for (const to of ['SEV2', 'SEV1']) await app.does(number, 'severity', { to });
    await calm();

    expect(await app.events(number, 'mirror.unkept')).toMatchObject([
      { data: { what: 'name', why: expect.stringContaining('Rename it there by hand') as string } },
    ]);
    expect(slack.calls().filter(({ method, args }) => method === 'conversations.rename' && args['channel'] === channel)).toHaveLength(1);
  });

  it('has a topic that says how bad it is and who leads, set once for many changes', async () => {
    const { number, channel } = await lookedAfter();
    const before = topicCalls(channel);
    // All of it within the moment in which changes are gathered, however long that takes here.
    const switched = (off: true | null) =>
      app.api('PUT', '/api/v1/operations/switches/mirrors', { off, why: 'A test changes much at once.' });
    await switched(true);

    const changes = ['SEV2', 'SEV4', 'SEV2', 'SEV4', 'SEV2', 'SEV4', 'SEV2', 'SEV4'].map((to) => app.does(number, 'severity', { to }));
    await Promise.all([...changes, app.does(number, 'lead', { to: 'me' })]);
    await app.does(number, 'severity', { to: 'SEV1' });
    await switched(null);

    await until('the topic', () => /^SEV1 · led by .+ · Checkout is failing · war room: /.test(topicOf(channel)));
    await calm();
    expect(topicCalls(channel) - before).toBeLessThanOrEqual(3);
    expect(await app.events(number, 'mirror.topic-changed')).toEqual([]);
  });

  it('keeps a topic that a person wrote, tells the room, and writes its own again once that is taken away', async () => {
    const { number, channel } = await lookedAfter();

    await slack.as(ana).setTopic(channel, 'Bridge: +1 555 & <call>');
    await until('the news', async () => (await app.events(number, 'mirror.topic-changed')).length === 1);
    await app.does(number, 'severity', { to: 'SEV1' });
    await calm();
    expect(topicOf(channel)).toBe('Bridge: +1 555 & <call>');
    expect(await app.events(number, 'mirror.topic-changed')).toMatchObject([
      { by: { name: 'Ana Ruiz' }, data: { topic: 'Bridge: +1 555 & <call>' } },
    ]);

    await slack.as(ana).setTopic(channel, '');
    await until('that too', async () => (await app.events(number, 'mirror.topic-changed')).length === 2);
    await app.does(number, 'severity', { to: 'SEV2' });
    await until('ours again', () => topicOf(channel).startsWith('SEV2 · '));
  });

  it('is looked after as soon as Slack lets it, when that limits us', async () => {
    slack.setFault(['pins.add', 'bookmarks.add'].map((on) => ({ kind: 'rate-limited', on, retryAfter: 1, times: 1 }) as const));

    const { channel } = await lookedAfter();

    expect([slack.pins(channel), slack.bookmarks(channel)].map(({ length }) => length)).toEqual([1, 1]);
    expect(shown(slack, channel)).toHaveLength(1);
  });

  it('shows any reaction both ways, by its sign here and by its name there', async () => {
    const { number, channel } = await lookedAfter();
    const { ts } = await slack.as(ana).say(channel, 'it works again');
    const [posted] = await until('it is heard', async () => {
      const events = await app.events(number, 'message.posted');
      return events.length > 0 ? events : null;
    });

    await slack.as(ana).react(channel, ts, 'unicorn_face');
    await app.does(number, 'react', { messageId: posted!.id, emoji: '🦖', on: true });

    await until('both', async () => (await app.events(number, 'message.reacted')).length === 2);
    expect((await app.events(number, 'message.reacted')).map(({ data }) => (data as { emoji: string }).emoji).sort()).toEqual(
      ['🦄', '🦖'].sort(),
    );
    await until('ours', () => {
      const message = slack.messages(channel).find((one) => one.ts === ts);
      return (
        message?.reactions
          ?.map(({ name }) => name)
          .sort()
          .join() === 't-rex,unicorn_face'
      );
    });
  });

  it('says once of each emoji that Slack does not know, and goes on with the others', async () => {
    const { number, channel } = await lookedAfter();
    const [one, two] = [await app.says(number, 'one'), await app.says(number, 'two')];
    slack.setFault({ kind: 'error', on: 'reactions.add', channel, error: 'invalid_name', times: 2 });

    for (const messageId of [one, two]) await app.does(number, 'react', { messageId, emoji: 'party-parrot', on: true });
    await app.does(number, 'react', { messageId: two, emoji: 'eyes', on: true });

    await until('the other', () => shown(slack, channel).some(({ reactions }) => reactions?.some(({ name }) => name === 'eyes')));
    await calm();
    expect((await app.events(number, 'mirror.unkept')).map(({ data }) => data)).toMatchObject([
      { what: 'reaction', why: 'there is no emoji "party-parrot" there' },
    ]);
  });

  it('is archived once it has been over and quiet for as long as was set: told so as the last, and once everything is there', async () => {
    const { number, channel } = await resolvedWithRule();

    await look(13);
    expect(await archiving(number)).toEqual([]);
    await look(15);
    await until('it is told', () => shown(slack, channel).at(-1)?.text.includes('about to be archived'));
    expect(shown(slack, channel).at(-1)!.text).toContain(`${app.url}/i/${number}`);
    await calm();
    expect(await toSweep(number)).not.toBe(0);
    for (const _ of [1, 2]) await look(15);
    await calm();
    expect(channelOf(channel).is_archived).toBe(false);

    await archived(number, channel);
    for (const _ of [1, 2]) await look(15);
    await slack.idle();
    expect(await mirrorOf(number)).toMatchObject({ state: 'archived', waiting: [] });
    expect(shown(slack, channel).at(-1)!.text).toContain('about to be archived');
    expect(await archiving(number)).toMatchObject([
      { type: 'mirror.archiving', by: null, data: { days: 14 } },
      { type: 'mirror.archived', by: null, data: { byRule: true } },
    ]);
    expect(slack.calls().filter(({ method, args }) => method === 'conversations.archive' && args['channel'] === channel)).toHaveLength(1);
  });

  it('is not archived while somebody writes in it, and begins anew with the last word', async () => {
    const { number, channel } = await resolvedWithRule();
    await look(15);
    await until('it is told', () => shown(slack, channel).at(-1)?.text.includes('about to be archived'));

    await slack.as(ana).say(channel, 'not yet, please');
    await until('it is heard', async () => (await app.texts(number)).includes('not yet, please'));
    await swept(number);
    await app.database.query(`update event set at = at + interval '10 days' where data ->> 'text' = 'not yet, please'`);
    await look(15);
    await calm();

    expect(channelOf(channel).is_archived).toBe(false);
    expect(await archiving(number)).toMatchObject([{ type: 'mirror.archiving' }]);
    await look(25);
    expect(await archiving(number)).toHaveLength(2);
  });

  it('is left to whoever unarchives it, and read from there on', async () => {
    const { number, channel } = await resolvedWithRule();
    await archived(number, channel);

    await slack.as(ana).archive(channel, false);
    await until('we are not in it', async () => (await mirrorOf(number)).state === 'shut-out');
    await slack.as(ana).say(channel, 'before Muster was there');
    await slack.as(ana).invite(channel, slack.app.botUserId);
    await until('it is read', async () => (await app.texts(number)).includes('before Muster was there'));
    await until('it is open', async () => (await mirrorOf(number)).state === 'open');
    await swept(number);
    for (const _ of [1, 2]) await look(60);
    await calm();

    expect(channelOf(channel).is_archived).toBe(false);
    expect(await app.events(number, 'mirror.archiving')).toHaveLength(1);
  });

  it('is said to need a person when its incident is opened again: Slack lets no app bring it back', async () => {
    const { number, channel } = await resolvedWithRule();
    await archived(number, channel);

    await app.does(number, 'reopen', {});

    await until('what to do', async () => (await app.events(number, 'mirror.unkept')).length === 1);
    expect(await app.events(number, 'mirror.unkept')).toMatchObject([
      { data: { what: 'unarchived', why: expect.stringContaining('Unarchive it in Slack, then invite the app') as string } },
    ]);
  });

  /** What the worker does every half minute, as if so many days had passed. */
  const look = (days: number): Promise<void> => app.get(ArchiveWatch).look(new Date(Date.now() + days * 86_400_000));
  const archiving = async (number: string) => (await app.events(number)).filter(({ type }) => /^mirror\.archiv/.test(type));

  async function resolvedWithRule() {
    await app.api('PUT', '/api/v1/archiving', { days: 14 });
    const { number, channel } = await lookedAfter();
    await app.does(number, 'resolve', { learned: 'Nothing.' });
    await swept(number);
    return { number, channel };
  }

  async function toSweep(number: string): Promise<number> {
    const left = await app.database.query(
      'select 1 from unswept u join mirror m on m.id = u.mirror_id join incident i on i.id = m.incident_id where i.reference = $1',
      [number],
    );
    return left.length;
  }

  /** All that was said in it was looked for, as if the minutes for that had passed. */
  async function swept(number: string): Promise<void> {
    await calm();
    await until('it is swept', async () => {
      await app.database.query('update unswept set due_at = clock_timestamp() where due_at > clock_timestamp()');
      return (await toSweep(number)) === 0;
    });
  }

  async function archived(number: string, channel: string): Promise<void> {
    await until('it is archived', async () => {
      await swept(number);
      await look(15);
      return channelOf(channel).is_archived && (await mirrorOf(number)).state === 'archived';
    });
  }

  /** By an administrator of Slack: nobody else may. */
  async function deleted(channel: string, ts: string): Promise<void> {
    const headers = { authorization: `Bearer ${slack.app.botToken}`, 'content-type': 'application/json' };
    await fetch(new URL('chat.delete', slack.apiUrl), { method: 'POST', headers, body: JSON.stringify({ channel, ts }) });
  }

  async function lookedAfter() {
    const { number } = await app.anIncident();
    const { permalink } = await until('the mirror', async () => {
      const mirror = await mirrorOf(number);
      return mirror?.permalink ? mirror : null;
    });
    const channel = permalink!.split('/').at(-1)!;
    await until('pin and bookmark', () => slack.pins(channel).length === 1 && slack.bookmarks(channel).length === 1);
    await slack.as(ana).join(channel);
    await calm();
    return { number, channel };
  }

  /** Nothing is left to be done in any channel. */
  const calm = (): Promise<unknown> =>
    until('calm', async () => {
      const [busy] = await app.database.query(
        `select 1 from delivery where status in ('pending', 'sending', 'unknown')
          union all select 1 from stream s join incident i on i.id = s.id left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms' where s.seq > coalesce(c.seq, 0) limit 1`,
      );
      return busy === undefined;
    });

  async function mirrorOf(number: string): Promise<MirrorView> {
    const { mirrors } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { mirrors: MirrorView[] };
    return mirrors[0]!;
  }

  const channelOf = (id: string) => slack.channels().find((one) => one.id === id)!;
  const nameOf = (id: string): string => channelOf(id).name;
  const topicOf = (id: string): string => channelOf(id).topic.value;
  const topicCalls = (id: string): number =>
    slack.calls().filter(({ method, args }) => method === 'conversations.setTopic' && args['channel'] === id).length;
});
