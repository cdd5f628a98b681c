import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { sign } from '#adapters/slack/simulator/signing';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('Calling at Slack’s door', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let serial = 0;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
  });
  afterAll(() => slack.close());

  it('lets in what Slack signed just now, once', async () => {
    const body = message('hello');

    expect((await call({ body })).status).toBe(200);
    expect((await call({ body })).status).toBe(200);

    expect(await inbox()).toBe(1);
  });

  const seconds = (): number => Math.floor(Date.now() / 1_000);
  it.each([
    ['a wrong signature', () => ({ signature: 'v0=' + '0'.repeat(64) })],
    ['no signature', () => ({ signature: '' })],
    ['a signature of another length', () => ({ signature: 'v0=00' })],
    ['another workspace’s secret', () => ({ secret: 'ffffffffffffffffffffffffffffffff' })],
    ['a body that was changed', () => ({ signed: '{}' })],
    ['a request ten minutes old', () => ({ at: seconds() - 600 })],
    ['a request six minutes old', () => ({ at: seconds() - 360 })],
    ['a request ten minutes from the future', () => ({ at: seconds() + 600 })],
    ['a request six minutes from the future', () => ({ at: seconds() + 360 })],
    ['a time that is none', () => ({ at: 'soon' })],
    ['no time', () => ({ at: '' })],
    ['a body that is no JSON', () => ({ body: '{"type":' })],
    ['an empty body', () => ({ body: '' })],
    ['a body of nothing known', () => ({ body: 'null' })],
    ['an event that is none', () => ({ body: '{"type":"event_callback","event":null}' })],
    ['a message of the year 3,000,000,000', () => ({ body: message('not let in', '99999999999999999999.9') })],
    ['JSON nested 100,000 deep', () => ({ body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` })],
  ] satisfies readonly (readonly [string, () => Partial<Calling>])[])('refuses %s, keeps nothing of it, and goes on', async (_, how) => {
    const before = await everything();

    const { status } = await call({ body: message('not let in'), ...how() });

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await everything()).toEqual(before);
    expect((await call({ body: message(`after ${_}`) })).status).toBe(200);
  });

  it('refuses a body of more than 1 MiB', async () => {
    const before = await everything();

    const { status, text } = await call({ body: message('x'.repeat(1_100_000)) });

    expect(status).toBe(413);
    expect(text).toContain('Send less');
    expect(await everything()).toEqual(before);
  });

  it('keeps a message with a NUL or half a character in it, and what comes after it', async () => {
    const before = await inbox();
    const strange = message('STRANGE').replace('STRANGE', 'a\\u0000b \\ud83d');

    expect((await call({ body: strange })).status).toBe(200);
    expect((await call({ body: message('after') })).status).toBe(200);

    expect(await inbox()).toBe(before + 2);
  });

  it('says where to find the right address when nobody listens at this one', async () => {
    const response = await fetch(new URL('/hooks/nobody', app.url), { method: 'POST', body: '{}' });

    expect(response.status).toBe(404);
    expect(((await response.json()) as { detail: string }).detail).toContain('setup page');
  });

  it('does not acknowledge what it could not keep', async () => {
    const before = await inbox();
    await app.database.query('alter table inbox rename to inbox_away');
    const { status } = await call({ body: message('kept later') });
    await app.database.query('alter table inbox_away rename to inbox');

    expect(status).toBeGreaterThanOrEqual(500);
    expect(await inbox()).toBe(before);
  });

  interface Calling {
    readonly body: string;
    readonly at: number | string;
    readonly secret: string;
    readonly signature: string;
    /** What was signed instead of the body. */
    readonly signed: string;
  }

  async function call({
    body = '{}',
    at = seconds(),
    secret = slack.app.signingSecret,
    signed = body,
    signature = sign(secret, at, signed),
  }: Partial<Calling>): Promise<{ status: number; text: string }> {
    const response = await fetch(new URL('/hooks/slack', app.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-slack-request-timestamp': String(at), 'x-slack-signature': signature },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  function message(text: string, ts = `17000000${String(++serial).padStart(2, '0')}.000100`): string {
    return JSON.stringify({
      type: 'event_callback',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
      event_id: `Ev${serial}`,
      event_time: seconds(),
      authorizations: [{ team_id: slack.team.id, user_id: slack.app.botUserId, is_bot: true }],
      event: { type: 'message', channel: 'C1', user: 'U1', text, ts, event_ts: ts, channel_type: 'channel', team: slack.team.id },
    });
  }

  async function inbox(): Promise<number> {
    await until('nothing waits', async () => (await app.database.query(`select 1 from inbox where status = 'waiting'`)).length === 0);
    return (await app.database.query(`select 1 from inbox where lane like '%C1%' or envelope_id like '%C1%'`)).length;
  }

  async function everything(): Promise<unknown> {
    return app.database.query(
      'select (select count(*) from inbox) as inbox, (select count(*) from event) as event, (select count(*) from incident) as incident, (select count(*) from person) as person',
    );
  }
});
