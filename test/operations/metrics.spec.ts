import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Watching } from '#test/api/read-stream';
import { FakeChat } from '#test/rooms/fake-chat';
import { SomePerson } from '#test/support/person';
import { noteCaughtUp } from '#src/platform/followers/follow';
import { FIGURES } from '#src/operations/metrics.queries';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

const METRICS_TOKEN = 'a-token-for-metrics-that-is-long';
const [OPERATING, ALERTS] = ['operating.md', 'alerts.yml'].map((page) =>
  readFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), 'utf8'),
) as [string, string];

describe('Metrics', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform], environment: { MUSTER_METRICS_TOKEN: METRICS_TOKEN } });

  beforeAll(() => fake.join(app));
  afterEach(() => fake.chat.heal());

  const answer = (token = METRICS_TOKEN): Promise<Response> =>
    fetch(new URL('/metrics', app.url), { headers: { authorization: `Bearer ${token}` } });
  const scrape = async (): Promise<string> => (await answer()).text();
  /** The value of a line such as `muster_gaps_open{chat="fake"}`. */
  const value = async (line: string): Promise<number> =>
    Number(
      (await scrape())
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.slice(line.length + 1) ?? NaN,
    );

  it('are for whoever has their token, and for nobody else', async () => {
    expect((await answer()).status).toBe(200);
    const refused = await answer('a wrong one');
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ detail: expect.stringContaining('MUSTER_METRICS_TOKEN') as string }),
    ]);
    expect((await app.api('GET', '/metrics')).status).toBe(401);
    expect((await app.api('GET', '/api/v1/me', undefined, { authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(401);
  });

  it('are all in docs/operating.md, and there are no others', async () => {
    await app.anIncident();
    const text = await scrape();
    const rows = [...text.matchAll(/^# HELP (\w+) (.+)$/gm)].map(([, name = '', help = '']) => {
      const labels = [...(new RegExp(`^${name}(?:_bucket)?\\{(.*)\\} `, 'm').exec(text)?.[1] ?? '').matchAll(/(\w+)="/g)];
      return [name, labels.flatMap(([, label]) => (label === 'le' ? [] : [label])).join(', '), help];
    });
    const written = [...OPERATING.matchAll(/^\| `(muster_\w+)` +\| (.*?) +\| (.*?) +\|$/gm)].map(([, ...cells]) =>
      cells.map((cell) => cell?.replaceAll('`', '').trim()),
    );

    expect(written).toEqual(rows);
  });

  it('are what the alerts in docs/alerts.yml go by, with the labels that those choose by', async () => {
    const { number } = await app.anIncident();
    await fake.room(app, number);
    const lines = (await scrape()).split('\n');
    const chosen = [...ALERTS.matchAll(/\b(muster_\w+)(?:\{(.*?)\})?/g)].map(([, name = '', labels = '']) => ({ name, labels }));

    expect(chosen.length).toBeGreaterThan(3);
    expect(chosen.filter(({ name, labels }) => !lines.some((line) => line.startsWith(`${name}{`) && line.includes(labels)))).toEqual([]);
    for (const [, label = '', name = ''] of ALERTS.matchAll(/by \((\w+)\) \((muster_\w+)\)/g))
      expect(lines).toContainEqual(expect.stringContaining(`${name}{${label}="`));
  });

  it('are in docs/operating.md with the alerts that go by them', () => {
    const names = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
    expect(names(OPERATING, /^\| `(Muster\w+)`/gm)).toEqual(names(ALERTS, /alert: (\w+)/g));
  });

  it('count requests by the pattern of their route', async () => {
    const { number } = await app.anIncident();
    await app.api('GET', `/api/v1/incidents/${number}`);
    await app.api('GET', '/nowhere/at/all');

    const text = await scrape();
    expect(text).toMatch(/muster_http_request_seconds_count\{method="GET",route="\/api\/v1\/incidents\/:id",status="200"\} [1-9]/);
    expect(text).toMatch(/route="other",status="404"/);
  });

  it('say how many pages watch, and how soon they see what is written', async () => {
    const { number } = await app.anIncident();
    const before = await value('muster_post_visible_seconds_count');
    const page = await Watching.open(app, number);
    expect(await value('muster_open_streams')).toBe(1);

    await app.says(number, 'We look into it');
    await until('it was seen', async () => (await value('muster_post_visible_seconds_count')) > before);
    page.leave();
    await until('nobody watches', async () => (await value('muster_open_streams')) === 0);
  });

  it('do not take for slow what was written before anybody watched', async () => {
    const { number } = await app.anIncident();
    await app.says(number, 'Long ago');
    const before = await value('muster_post_visible_seconds_count');
    const page = await Watching.open(app, number, { after: 0 });
    await until('it is there', () => page.events.some(({ type }) => type === 'message.posted'));
    expect(await value('muster_post_visible_seconds_count')).toBe(before);

    await app.says(number, 'Now');
    await until('it was seen', async () => (await value('muster_post_visible_seconds_count')) === before + 1);
    page.leave();
  });

  it('say how much waits for a chat, since when, and what its calls came to', async () => {
    const { number } = await app.anIncident();
    await fake.room(app, number);
    await until('nothing waits', async () => (await value('muster_deliveries_oldest_seconds{chat="fake"}')) === 0);

    fake.chat.fault('send', 'error-before', Infinity);
    await app.says(number, 'This waits');
    await until('a call that failed', async () => (await value('muster_chat_calls{chat="fake",outcome="bad"}')) > 0);

    expect(await value('muster_chat_calls{chat="fake",outcome="good"}')).toBeGreaterThan(0);
    await until('it waits', async () => (await value('muster_deliveries_oldest_seconds{chat="fake"}')) > 0);
    fake.chat.heal();
    await fake.told(app);
  });

  it('say how much of what a chat told waits, since when: messages in their order, and commands', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await app.api('PUT', '/api/v1/operations/switches/inbox', { off: true, why: 'a test' });
    await fake.says('mia', room, 'one');
    await fake.says('mia', room, 'two');
    await app.database.query(
      `insert into inbox (instance, tenant, envelope_id, lane, seq, kind, occurred_at, lease_until)
       values ('fake', 't', 'a command', '', 0, 'interaction', clock_timestamp(), 'infinity')`,
    );

    await until('it waits', async () => (await value('muster_inbox_waiting{chat="fake"}')) >= 3);
    await until('as much as is kept', async () => {
      const kept = await app.database.query(`select 1 from inbox where status = 'waiting'`);
      return (await value('muster_inbox_waiting{chat="fake"}')) === kept.length;
    });
    expect(await value('muster_inbox_oldest_seconds{chat="fake"}')).toBeGreaterThan(0);

    await app.database.query(`delete from inbox where envelope_id = 'a command'`);
    await app.api('PUT', '/api/v1/operations/switches/inbox', { off: null, why: 'a test' });
    await until('nothing waits', async () => (await value('muster_inbox_waiting{chat="fake"}')) === 0);
    expect(await value('muster_inbox_oldest_seconds{chat="fake"}')).toBe(0);
  });

  it('read nothing of what is over', async () => {
    const { number } = await app.anIncident();
    await fake.room(app, number);
    await app.database.query(
      `insert into inbox (instance, tenant, envelope_id, lane, seq, kind, occurred_at, status)
       select 'fake', 't', 'done ' || n, 'done', n, case when n % 2 = 0 then 'event' else 'interaction' end, clock_timestamp(), 'done'
         from generate_series(1, 5000) n`,
    );
    await app.database.query(
      `insert into delivery (id, mirror_id, lane, position, operation, status)
       select gen_random_uuid(), (select id from mirror limit 1), 'room', 1000000 + n, 'send', 'sent' from generate_series(1, 5000) n`,
    );
    await app.database.query(
      `with long_ago as (insert into stream (id, kind, seq, last_at)
         select gen_random_uuid(), 'incident', 9, clock_timestamp() - interval '9 days' from generate_series(1, 5000) returning id, seq)
       insert into follower_cursor (follower, stream_id, seq) select f.name, id, seq from long_ago, follower f`,
    );
    await until('the followers have come to the end', async () => {
      for (const { name } of await app.database.query<{ name: string }>('select name from follower'))
        await noteCaughtUp(app.database, name);
      return (await app.database.query(`select 1 from follower where caught_up_at < now() - interval '1 minute'`)).length === 0;
    });
    await app.database.query('analyze inbox, delivery, stream, follower, follower_cursor');

    for (const { name, sql } of FIGURES) {
      const plan = await app.database.query<Record<string, string>>(`explain ${sql}`);
      const scans = plan
        .flatMap((line) => Object.values(line))
        .filter((line) => /Seq Scan on (inbox b|delivery|stream|follower_cursor)/.test(line));
      expect([name, scans]).toEqual([name, []]);
    }
  });

  it('count what a follower has not acted on, however long ago that was', async () => {
    const { id } = await app.anIncident();
    await fake.told(app);
    await app.database.query(`insert into follower (name, kind) values ('left', 'effect')`);
    await app.database.query(`update stream set last_at = last_at - interval '9 days' where id = $1`, [id]);
    const [{ all }] = (await app.database.query<{ all: number }>('select sum(seq)::int as all from stream')) as [{ all: number }];
    const behind = (): Promise<number> => value('muster_follower_behind{follower="left"}');

    await noteCaughtUp(app.database, 'left');
    expect(await behind()).toBe(all);
    expect(await value('muster_follower_oldest_seconds{follower="left"}')).toBeGreaterThan(0);

    await app.database.query(`insert into follower_cursor (follower, stream_id, seq) select 'left', id, seq from stream`);
    await noteCaughtUp(app.database, 'left');
    expect(await behind()).toBe(0);

    await app.says(id, 'And on it goes');
    expect(await behind()).toBeGreaterThan(0);
    await noteCaughtUp(app.database, 'left');
    expect(await behind()).toBeGreaterThan(0);
    await app.database.query(`delete from follower_cursor where follower = 'left'`);
    await app.database.query(`delete from follower where name = 'left'`);
  });

  it('tell what they came to before the time was over, and leave no question behind', async () => {
    const failed = await value('muster_metrics_failed_total');

    const text = await app.database.transaction(async (tx) => {
      await tx.query('lock table gap');
      const scraped = await scrape();
      const asked = `select 1 from pg_stat_activity where datname = current_database() and state = 'active' and query like '%count(g.id)%' and pid <> pg_backend_pid()`;
      // Not in this transaction: who is at work is looked up once in each.
      await until('no question runs', async () => (await app.database.query(asked)).length === 0);
      return scraped;
    });

    expect(text).toContain('muster_deliveries_oldest_seconds{chat="fake"}');
    expect(text).not.toContain('muster_gaps_open');
    expect(await value('muster_metrics_failed_total')).toBe(failed + 1);
  });

  it('say what waits for a person, who is behind and how busy each kind of process is', async () => {
    await app.database.query(`insert into quarantine (kind, key, problem, tries) values ('inbox', '["fake","t","e"]', 'Error', 3)`);
    await until('the process was seen', async () => (await value('muster_processes{roles="web+ingest+worker+clock"}')) === 1);

    expect(await value('muster_quarantined{kind="inbox"}')).toBe(1);
    expect(await value('muster_event_loop_delay_seconds{roles="web+ingest+worker+clock"}')).toBeGreaterThanOrEqual(0);
    expect(await value('muster_database_pool_waiting{roles="web+ingest+worker+clock"}')).toBeGreaterThanOrEqual(0);
    await until('the followers have come to the end', async () => (await value('muster_follower_behind{follower="rooms"}')) === 0);
    expect(await value('muster_follower_oldest_seconds{follower="rooms"}')).toBe(0);
  });

  it('hold no word, name or id of anybody, and no label for each chat that somebody practised with', async () => {
    const mia = await SomePerson.of(app, 'Mia Canary');
    const { number, id } = await mia.declares({ title: 'canary-title' });
    await mia.does(number, 'message', { text: 'canary-message' });
    await app.api('GET', `/api/v1/incidents/canary-address`);
    await fetch(new URL(`/sign-in/canary-link`, app.url));
    await app.database.query(
      `insert into chat_instance (id, plugin, name, config, pretend) values ('practice-1', 'fake', 'Pretend', '{}', true)`,
    );

    const text = await scrape();
    for (const word of ['canary', 'Canary', number, id, mia.id, 'practice-1']) expect(text).not.toContain(word);
  });
});
