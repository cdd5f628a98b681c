import { asRead } from '#adapters/slack/test/as-read';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

/** How long Slack waits before it says that nobody answered. */
const SLACK_WAITS_MS = 3_000;
/** While somebody holds this lock, nothing can be declared. */
const SLOW = 4_711;

describe.each(['http', 'socket'] as const)('Answering within Slack’s three seconds, over %s', (mode) => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  /** We are not in it: nothing can be posted there but by what came with the gesture. */
  let elsewhere: string;

  beforeAll(async () => {
    slack = await joinSlack(app, mode);
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    elsewhere = slack.addChannel({ name: 'elsewhere', members: [ana] }).id;
    await app.database.query(
      `create function slow() returns trigger language plpgsql set lock_timeout = 0 as 'begin perform pg_advisory_xact_lock(${SLOW}); return new; end'`,
    );
    await app.database.query('create trigger slow before insert on incident for each row execute function slow()');
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('says that it is at it while the database is slow, and the answer once it is there', async () => {
    const release = await slowDatabase();

    const { said, ms } = await timed(() => slack.as(ana).command('/incident', 'Slow on a bad day', elsewhere));
    expect(said.acknowledged).toBe(true);
    expect(ms).toBeLessThan(SLACK_WAITS_MS);
    expect(said.ephemerals.map(({ text }) => text).join()).toContain('is still at it');
    await release();

    await until('the answer', () => told().some((text) => text.includes('is declared')));
    expect(told().filter((text) => text.includes('is declared'))).toHaveLength(1);
    expect(await howMany('Slow on a bad day')).toBe(1);
  });

  it('shows in a form that was sent what came of it, though it came late', async () => {
    await slack.as(ana).command('/incident', '', elsewhere);
    const view = await until('the form', () => slack.as(ana).views().at(-1));
    const release = await slowDatabase();

    const { said, ms } = await timed(() => slack.as(ana).submit(view.id, { title: 'By a form on a bad day' }));
    expect(said.acknowledged).toBe(true);
    expect(ms).toBeLessThan(SLACK_WAITS_MS);
    expect(JSON.stringify(slack.as(ana).views())).toContain('is still at it');
    await release();

    await until('the answer', () => JSON.stringify(slack.as(ana).views()).includes('is declared'));
    expect(await howMany('By a form on a bad day')).toBe(1);
  });

  it('says how to write it in one line when Slack does not answer whether it opened the form', async () => {
    slack.setFault({ kind: 'silence', on: 'views.open' });

    const { said, ms } = await timed(() => slack.as(ana).command('/incident', '', elsewhere));

    expect(said.acknowledged).toBe(true);
    expect(ms).toBeLessThan(SLACK_WAITS_MS);
    expect(said.ephemerals.map(({ text }) => text).join()).toContain('Write it in one line instead');
  });

  async function timed<T>(gesture: () => Promise<T>): Promise<{ said: T; ms: number }> {
    const began = performance.now();
    const said = await gesture();
    return { said, ms: performance.now() - began };
  }

  /** Until it is released. */
  async function slowDatabase(): Promise<() => Promise<void>> {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isHeld = (): void => undefined;
    const holding = new Promise<void>((resolve) => (isHeld = resolve));
    const transaction = app.database.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(${SLOW})`);
      isHeld();
      await held;
    });
    await holding;
    return async () => {
      release();
      await transaction;
    };
  }

  const told = (): string[] =>
    slack
      .as(ana)
      .ephemerals(elsewhere)
      .map((message) => asRead(message).text);

  async function howMany(title: string): Promise<number> {
    return (await app.database.query('select 1 from incident where title = $1', [title])).length;
  }
});
