import { randomUUID } from 'node:crypto';
import type { RoomSnapshot } from '#libs/war-room-protocol/views';
import { ControlProbe } from '#src/outage/control-probe';
import { OutageWatch } from '#src/outage/outage-watch';
import { WriteDecision } from '#src/outage/write-decision';
import { Chats } from '#src/platform/chats/chats';
import { StreamLog } from '#src/platform/log/log';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { WatchedChat } from './watched-chat.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Going on watching', () => {
  const fake = new WatchedChat();
  const app = useApp({ platforms: [fake.platform] });
  const watches: OutageWatch[] = [];
  let before: number;

  /** Another process begins to watch. */
  const watch = (probe?: ControlProbe): OutageWatch => {
    const next = new OutageWatch(
      app.database,
      app.get(Chats),
      new WriteDecision(app.get(StreamLog), app.get(MirrorTrouble)),
      app.doorbell,
      quiet,
      probe,
    );
    watches.push(next);
    next.start();
    return next;
  };

  /** What a watcher that died a moment ago, or long ago, leaves behind. */
  const left = (state: string, detector: object, diedAgo: string): Promise<unknown> =>
    app.database.query(
      `update surface_health set state = $1, detector = detector || $2 || jsonb_build_object('watchedAt', floor(extract(epoch from clock_timestamp() - $3::interval) * 1000))`,
      [state, JSON.stringify({ owner: randomUUID(), ...detector }), diedAgo],
    );

  beforeAll(async () => {
    await fake.join(app);
    await fake.becomes(app, 'ok');
    await app.get(OutageWatch).stop();
  });

  beforeEach(async () => {
    before = (await fake.changes(app)).at(-1)?.seq ?? 0;
  });

  afterEach(async () => {
    for (const one of watches.splice(0)) await one.stop();
  });

  it('waits until the lease of a watcher that died is over, and goes on from its row', async () => {
    const [lease] = await app.database.query<{ until: Date }>(
      `insert into chat_lease (instance, tenant, owner, until) values ('*', 'outage', $1, clock_timestamp() + interval '1 second') returning until`,
      [randomUUID()],
    );
    await left('suspect', { strikes: 2, look: { nonce: 'mark-of-the-dead', sentAt: 0 } }, '2 seconds');

    watch();

    await fake.becomes(app, 'ok');
    const changes = await fake.changes(app, before);
    expect(changes.map(({ to }) => to)).toEqual(['ok']);
    expect(changes[0]?.at.getTime()).toBeGreaterThan(lease?.until.getTime() ?? Infinity);
  });

  it('takes the word of somebody that was given while nobody watched, unless that is long ago', async () => {
    const said = (word: string, ago: string): Promise<unknown> =>
      app.database.query(
        `insert into chat_word (instance, tenant, id, word, by, via, said_at) values ('fake', $1, $2, $3, $4, $5, clock_timestamp() - $6::interval)`,
        [fake.chat.tenant, randomUUID(), word, '{"id":"ana","name":"Ana"}', '{"id":"web","name":"web"}', ago],
      );
    await said('down', '6 minutes');
    const first = watch();
    await fake.looksAgain(1);
    expect(await fake.changes(app, before)).toEqual([]);
    await first.stop();
    await app.database.query('delete from chat_word');
    await said('down', '1 minute');

    watch();

    await fake.becomes(app, 'down');
    expect(await fake.changes(app, before)).toMatchObject([{ to: 'down', by: { name: 'Ana' } }]);
    expect(await app.database.query('select 1 from chat_word')).toEqual([]);
    await said('back', '0 seconds');
    await fake.becomes(app, 'ok');
  });

  it('sees that new messages are lost although changes of one arrive', async () => {
    await left('ok', { look: null, second: { look: null, nextAt: 0, strikes: 0 } }, '0 seconds');
    fake.chat.fault('send', 'lost', Infinity);

    watch();

    const { say } = await fake.becomes(app, 'down');
    expect(say).toMatch(
      /^Fake takes nothing since \d\d:\d\d UTC: what is written here waits and goes out when it does. What is said there is heard here.$/,
    );
    expect((await fake.changes(app, before)).map(({ to, data }) => [to, data.why])).toEqual([
      ['suspect', '1 message of ours did not come back'],
      ['down', '3 messages in a row of ours did not come back'],
    ]);
    await fake.chat.up();
    await fake.becomes(app, 'ok');
    const [place] = fake.chat.rooms().filter(({ name }) => name.startsWith('muster-canary'));
    await until('nothing is left of it', () => fake.chat.observed(place?.id ?? '').length === 1);
  });

  it('does not call a chat down because nobody watched it, but reads what was said meanwhile', async () => {
    const incident = (await app.anIncident()).number;
    const room = await fake.roomOf(app, incident);
    fake.chat.events.quiet('silent');
    await fake.chat.say('ana', room, 'said while Muster was away');
    await fake.chat.events.loud();
    await left('ok', { strikes: 2, look: { nonce: 'mark-of-the-dead', sentAt: 0 } }, '2 hours');

    watch();

    await until('what was missed', async () => (await app.texts(incident)).includes('said while Muster was away'));
    const changes = await fake.changes(app, before);
    expect(changes.map(({ to }) => to)).toEqual(['suspect', 'ok']);
    expect(changes[0]?.data.why).toBe('Muster itself was away');
  });

  it('lets posts wait when its own line is cut, and does not say that it is the chat', async () => {
    const incident = (await app.anIncident()).number;
    await fake.roomOf(app, incident);
    const line = { works: true };
    const probe = new ControlProbe(['example.com:443'], () => Promise.resolve(line.works));
    probe.isCutOff(false, performance.now() - 120_000);
    line.works = false;
    fake.chat.down();

    watch(probe);

    const { say } = await fake.becomes(app, 'down');
    expect(say).toMatch(/^Muster reaches nothing outside since \d\d:\d\d UTC, so not Fake either: look at Muster’s own network first\./);
    expect((await fake.changes(app, before)).at(-1)).toMatchObject({
      to: 'down',
      data: { cutOff: true, why: 'Muster reaches nothing outside' },
    });
    const { body } = await app.api('GET', `/api/v1/incidents/${incident}/snapshot`);
    expect((body as RoomSnapshot).mirrors).toMatchObject([{ state: 'parked', cutOff: true }]);
    const told = (await app.events(incident)).find(({ type }) => type === 'mirror.parked');
    expect(told?.data).toMatchObject({ cutOff: true });
    await fake.chat.up();
    await fake.becomes(app, 'ok');
  });

  it('keeps no evidence longer than it is judged by', async () => {
    await app.database.query(
      `insert into canary (instance, tenant, nonce, seen_at) values ('fake', 'T1', 'mark-of-old', clock_timestamp() - interval '1 hour')`,
    );
    await app.database.query(
      `insert into chat_call (instance, tenant, at, operation, good) values ('fake', 'T1', clock_timestamp() - interval '1 hour', 'send', true)`,
    );

    watch();

    const old = `select 1 from canary where nonce = 'mark-of-old' union all select 1 from chat_call where at < clock_timestamp() - interval '30 minutes'`;
    await until('the old evidence is gone', async () => (await app.database.query(old)).length === 0);
  });

  it('says nothing of a look that it gave up by stopping', async () => {
    const stopped = watch();
    await fake.looksAgain(1);
    fake.chat.fault('edit', 'silent', 1);
    await fake.looksAgain(1);
    await stopped.stop();

    watch();

    await fake.looksAgain(3);
    expect(await fake.changes(app, before)).toEqual([]);
  });
});
