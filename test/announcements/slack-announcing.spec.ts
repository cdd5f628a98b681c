import { asRead } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('Announcing an incident', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let incidents: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    incidents = slack.addChannel({ name: 'incidents', members: [ana, slack.app.botUserId] }).id;
    await announceIn(incidents);
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('tells a room what is broken, how bad, who leads and where to write, in one post that is kept so', async () => {
    const { number } = await declared('Checkout is failing', 'SEV1');
    const first = await until('the post', () => postOf('Checkout is failing'));
    const channel = await until('its own room', () => slack.channels().find(({ name }) => name.startsWith(number.toLowerCase())));
    await until('where to write', () => JSON.stringify(postOf('Checkout is failing')).includes(`"channel_id":"${channel.id}"`));

    await app.does(number, 'update', { text: 'Half of it is back', status: 'fixing', nextUpdateIn: 20 });
    await app.does(number, 'rename', { title: 'Checkout fails for half' });
    await app.does(number, 'lead', { to: 'me' });

    const words = await until('what became of it', () => {
      const said = read(postOf('Checkout fails for half'));
      return said.includes('Half of it is back') && !said.includes('nobody yet') && said;
    });
    for (const part of [number, 'SEV1 Critical', 'fixing', 'Next update', 'the war room']) expect(words).toContain(part);
    expect(postOf('Checkout fails for half')?.ts).toBe(first.ts);
    expect((await app.events(number, 'announcement.posted')).map(({ data }) => data)).toMatchObject([
      { room: 'incidents', audience: 'everyone' },
    ]);

    await app.does(number, 'resolve', { learned: 'We alert on the pool' });

    await until('its end', () =>
      read(postOf('Checkout fails for half')).includes('It is over. What will not happen again: We alert on the pool'),
    );
    expect(shown(slack, incidents)).toHaveLength(1);
  });

  it('does so once it is bad enough, and goes on when it is not any more', async () => {
    const { number } = await declared('Search is slow', 'SEV3');
    await app.does(number, 'severity', { to: 'SEV1' });
    await until('the post', () => postOf('Search is slow'));

    await app.does(number, 'severity', { to: 'SEV3' });

    await until('that it is less bad', () => read(postOf('Search is slow')).includes('SEV3'));
  });

  it('says nothing of what is not bad enough, of another kind, waits to be accepted, or is private', async () => {
    await declared('A typo', 'SEV3');
    await app.anIncident({ title: 'Only a guess', severity: 'SEV1', triage: true });
    await app.anIncident({ title: 'Somebody got in', severity: 'SEV1', private: true });
    await kindOf('A near miss', 'near_miss');
    await declared('Mail is down', 'SEV1');

    await until('what is announced', () => postOf('Mail is down'));
    await quiet();
    for (const title of ['A typo', 'Only a guess', 'Somebody got in', 'A near miss']) expect(postOf(title)).toBeUndefined();
  });

  it('shows nothing of it any more once it is private, and the same post again when it is public', async () => {
    const { number } = await declared('Payroll leaks', 'SEV1');
    const post = await until('the post', () => postOf('Payroll leaks'));

    await app.does(number, 'privacy', { private: true });

    await until('nothing of it', () => read(message(post.ts)).includes('is private now'));
    expect(JSON.stringify(message(post.ts))).not.toMatch(/Payroll|INC-/);
    expect(await app.events(number, 'announcement.withdrawn')).toMatchObject([{ data: { why: 'private', room: 'incidents' } }]);

    await app.does(number, 'privacy', { private: false });

    await until('it again', () => read(message(post.ts)).includes('Payroll leaks'));
    expect(shown(slack, incidents).filter(({ ts }) => ts > post.ts)).toEqual([]);
  });

  it('does not make a post again that somebody took away, until somebody asks', async () => {
    const { number } = await declared('Login is flaky', 'SEV1');
    const post = await until('the post', () => postOf('Login is flaky'));
    await slack.as(slack.app.botUserId).remove(incidents, post.ts);

    await app.does(number, 'severity', { to: 'SEV2' });
    await until('the room is told', async () => (await app.events(number, 'announcement.removed')).length === 1);
    await app.does(number, 'status', { to: 'fixing' });
    await quiet();
    expect(postOf('Login is flaky')).toBeUndefined();

    expect((await app.does(number, 'announce', {})).status).toBe(200);

    await until('it again', () => postOf('Login is flaky'));
    expect(await app.events(number, 'announcement.removed')).toHaveLength(1);
  });

  it('announces what is asked for by its command, however bad it is', async () => {
    const { number } = await declared('A small thing', 'SEV3');

    const { body } = await app.does(number, 'command', { text: '/announce' });

    expect(body).toMatchObject({ say: 'It is being announced in Slack, incidents. The room here says when it is there.' });
    await until('the post', () => postOf('A small thing'));
  });

  it('looks whether the post is there before it says it again, when nobody knows', async () => {
    slack.setFault({ kind: 'reset', when: 'after', on: 'chat.postMessage', channel: incidents, times: 1 });

    const { number } = await declared('Said once', 'SEV1');

    await until('known to be there', async () => (await app.events(number, 'announcement.posted')).length === 1);
    await quiet();
    expect(shown(slack, incidents).filter((one) => read(one).includes('Said once'))).toHaveLength(1);
  });

  it('waits as long as Slack asks for, and lets nothing else wait', async () => {
    slack.setFault({ kind: 'rate-limited', on: 'chat.postMessage', channel: incidents, retryAfter: 1 });
    const { number } = await declared('While limited', 'SEV1');
    const channel = await until('its own room', () => slack.channels().find(({ name }) => name.startsWith(number.toLowerCase())));
    await until('the card there', () => shown(slack, channel.id).length > 0);
    expect(postOf('While limited')).toBeUndefined();

    slack.clearFaults();

    await until('the post', () => postOf('While limited'));
  });

  it('tells the incident and the admin once, with what to do, when the room is archived; and again nothing when it is back', async () => {
    const shut = slack.addChannel({ name: 'shut', members: [ana, slack.app.botUserId] }).id;
    await announceIn(shut);
    await slack.as(ana).archive(shut);
    const { number } = await declared('Into an archive', 'SEV1');
    const [failed] = await until('the room is told', async () => {
      const told = await app.events(number, 'announcement.failed');
      return told.length > 0 && told;
    });
    expect(failed?.data).toMatchObject({ why: expect.stringContaining('That room is archived: open it again in Slack.') as string });
    expect(await settings()).toContain('That room is archived: open it again in Slack.');

    await slack.as(ana).archive(shut, false);
    // Archiving puts the app out.
    await slack.as(slack.app.botUserId).join(shut);
    await app.does(number, 'severity', { to: 'SEV2' });

    await until('the post', () => shown(slack, shut).some((one) => read(one).includes('Into an archive')));
    expect(await app.events(number, 'announcement.failed')).toHaveLength(1);
    await until('the admin is told no more', async () => !(await settings()).includes('That room is archived'));
    await announceIn(incidents);
  });

  it('is heard beneath its post: what people answer there is said in the incident, corrected and taken back', async () => {
    const { number } = await declared('Answers welcome', 'SEV1');
    const post = await until('the post', () => postOf('Answers welcome'));

    const said = await slack.as(ana).say(incidents, 'ACME cannot pay either', { threadTs: post.ts });
    await slack.as(ana).say(incidents, 'beside it, of something else');

    await until('the answer', async () => (await app.texts(number)).length === 1);
    const [heard] = await app.events(number, 'message.posted');
    expect(heard).toMatchObject({ by: { name: 'Ana Ruiz' }, via: { name: 'Slack, incidents' }, data: { text: 'ACME cannot pay either' } });
    const channel = await until('its own room', () => slack.channels().find(({ name }) => name.startsWith(number.toLowerCase())));
    await until('those who work on it', () => shown(slack, channel.id).some((one) => read(one).includes('ACME cannot pay either')));

    await slack.as(ana).edit(incidents, said.ts, 'ACME and Bolt cannot pay');
    await until('the correction', async () => (await app.events(number, 'message.edited')).length === 1);
    await slack.as(ana).remove(incidents, said.ts);
    await until('taken back', async () => (await app.events(number, 'message.deleted')).length === 1);
    expect(await app.texts(number)).toHaveLength(1);
  });

  it('is heard beneath its post also of what was answered while Slack told nothing, and nothing beside it is read', async () => {
    const { number } = await declared('Answers later', 'SEV1');
    const post = await until('the post', () => postOf('Answers later'));
    await until('it is known', async () => (await app.events(number, 'announcement.posted')).length === 1);
    const [surface, trouble] = [{ instance: 'slack', tenant: slack.team.id }, app.get(MirrorTrouble)];
    await app.database.transaction((tx) => trouble.park(tx, surface, new Date(Date.now() - 10_000), 'down'));
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).say(incidents, 'Bolt cannot pay', { threadTs: post.ts });
    await slack.as(ana).say(incidents, 'beside it');
    slack.clearFaults();

    await app.database.transaction((tx) => trouble.catchUp(tx, surface, new Date()));

    await until('the answer', async () => (await app.texts(number)).length === 1);
    await until('every gap is closed', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
    expect(await app.events(number, 'message.posted')).toMatchObject([
      { late: true, by: { name: 'Ana Ruiz' }, via: { name: 'Slack, incidents' }, data: { text: 'Bolt cannot pay' } },
    ]);
  });

  it('changes its post for a burst of changes a few times only, and shows the last of them', async () => {
    const { number } = await declared('Change 0', 'SEV1');
    await until('the post', () => postOf('Change 0'));
    await quiet();
    await app.database.query(`update chat_instance set pace = 1 where id = 'slack'`);
    const edits = (): number =>
      slack.calls().filter(({ method, args }) => method === 'chat.update' && args['channel'] === incidents).length;
    const before = edits();
    const began = performance.now();

    for (let change = 1; change <= 20; change++) await app.does(number, 'rename', { title: `Change ${change}` });

    await until('the last', () => postOf('Change 20'));
    // One in three seconds, however long twenty changes take here.
    expect(edits() - before).toBeLessThanOrEqual(2 + (performance.now() - began) / 3_000);
    await app.database.query(`update chat_instance set pace = 50 where id = 'slack'`);
  });

  it('says in the old room that nothing is announced there any more, when another one is chosen, and announces what goes on there', async () => {
    const { number } = await declared('Goes on elsewhere', 'SEV1');
    const post = await until('the post', () => postOf('Goes on elsewhere'));
    const other = slack.addChannel({ name: 'status', members: [ana, slack.app.botUserId] }).id;

    await announceIn(other);

    await until('the old one', () => read(message(post.ts)).includes('not announced here any more'));
    await until('the new one', () => shown(slack, other).some((one) => read(one).includes('Goes on elsewhere')));
    expect(await app.events(number, 'announcement.withdrawn')).toMatchObject([{ data: { why: 'rule', room: 'incidents' } }]);

    await announceIn(incidents);
    await until('the same post', () => read(message(post.ts)).includes('Goes on elsewhere'));
  });

  const announceIn = async (room: string, more: object = {}): Promise<void> => {
    const body = { room, severity: 'SEV2', kinds: ['standard', 'planned'], ...more };
    const { status } = await app.api('PUT', '/api/v1/announcements/slack/everyone', body);
    expect(status).toBe(200);
  };
  const declared = async (title: string, severity: string) => {
    const { number } = await app.anIncident({ title, severity });
    return { number };
  };
  const kindOf = async (title: string, kind: string): Promise<void> => {
    const { status } = await app.api(
      'POST',
      '/api/v1/incidents',
      { title, severity: 'SEV1', kind },
      { 'idempotency-key': crypto.randomUUID() },
    );
    expect(status).toBe(201);
  };
  const settings = async (): Promise<string> => (await app.api('GET', '/settings/announcements')).body;
  const message = (ts: string): SlackMessage | undefined => shown(slack, incidents).find((one) => one.ts === ts);
  const postOf = (title: string): SlackMessage | undefined => shown(slack, incidents).find((one) => read(one).includes(title));
  /** Every delivery has ended. */
  const quiet = (): Promise<unknown> =>
    until('nothing is under way', async () => {
      const left = await app.database.query(
        `select 1 from delivery join announcement using (mirror_id) where status in ('pending', 'sending', 'unknown')`,
      );
      const behind = await app.database.query(
        `select 1 from stream s join incident i on i.id = s.id left join follower_cursor c on c.stream_id = s.id and c.follower = 'announcements'
          where s.seq > coalesce(c.seq, 0)`,
      );
      return left.length === 0 && behind.length === 0;
    });
});

const read = (message: SlackMessage | undefined): string => (message ? asRead(message).text : '');
