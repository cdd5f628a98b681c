import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { runDrill } from '#test/drills/run-drill';
import { TOKEN } from '#test/support/app';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { until } from '#test/support/until';
import { RunningMuster, kill } from '../running-muster.ts';

/** Slack's minute takes two and a half seconds. */
const PACE = 24;

describe('A drill begun by "npm run drill"', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-drill-'));
  let slack: SlackSimulator;
  let muster: RunningMuster;

  beforeAll(async () => {
    slack = await startSlackSimulator({ manifest: MANIFEST });
    const port = await freePort();
    muster = await new RunningMuster({
      port,
      dataDir,
      env: {
        MUSTER_BOOTSTRAP_TOKEN: TOKEN,
        CHAT_ADAPTERS: 'slack',
        SLACK_BOT_TOKEN: slack.app.botToken,
        SLACK_SIGNING_SECRET: slack.app.signingSecret,
        SLACK_API_URL: slack.apiUrl,
      },
    }).ready();
    await slack.setRequestUrl(`http://127.0.0.1:${port}/hooks/slack`);
    await until('Slack is joined', async () => Number(await muster.ask('select count(*) from chat_tenant')) === 1, 60_000);
    await muster.ask(`update chat_instance set pace = ${PACE}`);
    await muster.ask(`select pg_notify('muster', 'test chats:slack')`);
  }, 240_000);
  afterAll(async () => {
    await muster.pressCtrlC();
    await slack.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('goes on when the process that plays it is killed while the chat is broken, and ends by its time with a report', async () => {
    const run = runDrill(`http://127.0.0.1:${muster.port}`, ['silent', '--minutes', '10']);
    await until('the chat is broken', () => isIn('broken'), 90_000);

    kill(muster.pidOf('worker,clock'));
    const { code, out } = await run;

    expect(out).toMatch(/\d+ of \d+ goals were kept\./);
    expect([0, 2]).toContain(code);
    expect(await isIn('over')).toBe(true);
    expect(await muster.ask('select cut_short from drill')).toBeNull();
    expect(slack.channelByName('drill-1-drill-slack-goes-silent')).toMatchObject({ is_archived: true });
  }, 240_000);

  const isIn = async (phase: string): Promise<boolean> => (await muster.ask('select phase from drill')) === phase;
});
