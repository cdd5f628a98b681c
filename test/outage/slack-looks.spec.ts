import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe.each(['http', 'socket'] as const)('Looking at Slack over %s', (mode) => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;

  const becomes = (state: string) =>
    until(`Slack is ${state}`, async () => (await chatHealth(app.database, app.get(Chats))).some((chat) => chat.state === state), 20_000);

  beforeAll(async () => {
    slack = await joinSlack(app, mode, 400);
  });
  afterAll(() => slack.close());

  it('hears the echo of its own change, although Slack keeps the key of the first sending', async () => {
    await becomes('ok');

    const looked = await until('more looks', async () => {
      const [row] = await app.database.query<{ n: number }>('select count(*)::int as n from canary');
      return row && row.n >= 3;
    });
    expect(looked).toBe(true);
    // A busy machine may be late with one of them; without the echo it would have been called down.
    expect(await app.database.query(`select 1 from event where type = 'surface.down'`)).toEqual([]);
  });

  if (mode === 'socket')
    it('opens a socket anew that is open and brings nothing, although the other one works', async () => {
      await becomes('ok');

      slack.setFault({ kind: 'socket-half-dead' });

      await until('it is replaced', () => slack.halfDeadSocketCount() === 0, 40_000);
      slack.clearFaults();
      await becomes('ok');
    }, 90_000);

  it('sees that events stop although every call works, and that they are back', async () => {
    slack.setFault({ kind: 'events-silent' });
    await becomes('down');

    slack.clearFaults();
    await becomes('ok');
  }, 60_000);
});
