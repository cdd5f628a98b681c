import { PretendStatusPage } from '#adapters/slack/simulator/status-page';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { RoomSnapshot } from '#libs/war-room-protocol/views';
import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import { aResponder, type PlainBrowser } from '#test/war-room/pages/browser';

const CONNECTING = 'Some people cannot connect to Slack';

describe('Hearing what Slack says in public of how it is', () => {
  const app = useApp({ platforms: [slackPlatform], environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback' } });
  const page = new PretendStatusPage();
  let slack: SlackSimulator;
  let incident: string;
  let bo: PlainBrowser;

  beforeAll(async () => {
    await page.start();
    slack = await joinSlack(app, 'http', 400, {}, { statusUrl: page.url });
    bo = await aResponder(app, 'Bo');
    await becomes('ok');
    incident = (await app.anIncident()).number;
    await until('its channel', async () => (await mirror())?.state === 'open');
  }, 60_000);
  afterAll(() => Promise.all([slack.close(), page.close()]));

  afterEach(async () => {
    slack.clearFaults();
    page.admits();
    await shows(/nothing is wrong \(asked at \d\d:\d\d UTC\)\./);
    await becomes('ok');
    await until('its channel again', async () => (await mirror())?.state === 'open');
  }, 60_000);

  const becomes = (state: string) =>
    until(`Slack is ${state}`, async () => (await chatHealth(app.database, app.get(Chats))).some((chat) => chat.state === state), 30_000);

  const mirror = async (): Promise<MirrorView | undefined> => {
    const { mirrors } = (await app.api('GET', `/api/v1/incidents/${incident}/snapshot`)).body as RoomSnapshot;
    return mirrors[0];
  };

  /** The list of chats has this, for somebody who asks for it now. */
  const shows = (words: string | RegExp): Promise<string> =>
    until(`the page says "${String(words)}"`, async () => {
      const { body } = await bo.open('/adapters');
      return (typeof words === 'string' ? body.includes(words) : words.test(body)) && body;
    });

  /** With what each fall was judged by. */
  const fallen = async (): Promise<{ data: object }[]> =>
    app.database.query<{ data: object }>(`select data from event where type = 'surface.down' order by seq`);

  const looks = async (): Promise<number> => {
    const [row] = await app.database.query<{ n: number }>('select count(*)::int as n from canary');
    return row?.n ?? 0;
  };

  it('says that all is well, and when it was asked', async () => {
    expect(await shows(/Slack says in public that nothing is wrong \(asked at \d\d:\d\d UTC\)\./)).toContain('<b>Slack</b>');
  });

  it('tells what Slack admits to, and is not moved by it where Muster sees none of it', async () => {
    page.admits({ title: `${CONNECTING}.`, type: 'outage', url: 'https://slack-status.com/2026-11/9' });

    const body = await shows(`${CONNECTING}. Muster sees none of it here.`);

    expect(body).toMatch(/Slack says in public that it has trouble \(asked at \d\d:\d\d UTC\): /);
    expect(body).toContain('<a href="https://slack-status.com/2026-11/9" rel="noreferrer">More</a>');
    const [asked, looked] = [page.asked(), await looks()];
    await until('more looks, and more questions', async () => page.asked() > asked + 1 && (await looks()) > looked + 3, 20_000);
    await shows(`${CONNECTING}. Muster sees none of it here.`);
    await until('a room that says nothing of it', async () => {
      const seen = await mirror();
      return seen?.state === 'open' && !('admits' in seen);
    });
  }, 60_000);

  it('explains with it what Muster sees itself: in rooms, in the list, and in the log', async () => {
    page.admits({ title: CONNECTING });
    await shows(`${CONNECTING}. Muster sees none of it here.`);
    slack.setFault({ kind: 'events-silent' });

    await becomes('down');

    await shows(new RegExp(`Slack says so too \\(asked at \\d\\d:\\d\\d UTC\\): ${CONNECTING}\\.`));
    expect((await fallen()).at(-1)?.data).toMatchObject({ admits: { title: CONNECTING, href: 'https://slack-status.com/2026-11/1' } });
    expect((await bo.open('/adapters')).body).toContain(`Slack said so too: ${CONNECTING}.`);
    expect(await mirror()).toMatchObject({ state: 'parked', admits: { title: CONNECTING } });
    const room = (await bo.open(`/lite/i/${incident}`)).body;
    expect(room).toContain(`Slack says so too: ${CONNECTING}.`);
    expect(room).toContain('<a href="https://slack-status.com/2026-11/1" rel="noreferrer">What Slack says</a>');
  }, 60_000);

  it('tells a room that is in trouble already, once Slack admits to it', async () => {
    slack.setFault({ kind: 'events-silent' });
    await becomes('down');
    expect(await mirror()).not.toHaveProperty('admits');

    page.admits({ title: CONNECTING });

    await until('the room says so', async () => (await mirror())?.admits?.title === CONNECTING, 20_000);
  }, 60_000);

  it('holds nothing up: a chat that Slack says is well is down all the same', async () => {
    slack.setFault({ kind: 'events-silent' });

    await becomes('down');

    await shows('Muster goes by what it sees itself.');
    expect((await fallen()).at(-1)?.data).not.toHaveProperty('admits');
  }, 60_000);

  it('leaves Slack’s page alone for as long as it wants, and holds it against nobody', async () => {
    page.answers(429, { 'retry-after': '3' });

    await shows(/last answered at \d\d:\d\d UTC/);

    const [waiting] = await app.database.query<{ seconds: number; problem: string }>(
      'select extract(epoch from not_before - asked_at)::float8 as seconds, problem from status_feed',
    );
    expect(waiting?.seconds).toBeGreaterThanOrEqual(3);
    expect(waiting?.problem).toBe('It answered 429.');
    await becomes('ok');
  }, 60_000);

  it.each([
    [
      'a page to sign in at',
      () => page.answers(200, {}, '<!doctype html><title>Sign in</title>'),
      'What it answered is not what Muster knows to read.',
    ],
    ['a redirect', () => page.answers(302, { location: 'http://127.0.0.1:1/' }), 'redirects are not followed'],
    ['more than anybody says', () => page.answers(200, {}, 'x'.repeat(300_000)), 'Its answer is longer than such an answer is.'],
  ])('takes %s for no answer, and does not know then how Slack is', async (_, answer, problem) => {
    answer();

    const told = await until('why', async () => {
      const [row] = await app.database.query<{ problem: string | null }>('select problem from status_feed');
      return row?.problem;
    });

    expect(told).toContain(problem);
    await app.database.query(`update status_feed set heard_at = heard_at - interval '6 minutes'`);
    expect(await shows('What Slack says in public of how it is Muster does not know')).toContain('it was asked at');
  });
});
