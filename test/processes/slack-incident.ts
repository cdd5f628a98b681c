import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { until } from '#test/support/until';

const NAMES = { ana: 'Ana Ruiz', bo: 'Bo Lindqvist' };

/** An incident that Ana declares in Slack, tried until Muster has it, and people of these names in its channel: by their ids there. */
export async function incidentInSlack(
  slack: SlackSimulator,
  names: readonly (keyof typeof NAMES)[],
  ask: (query: string) => Promise<unknown>,
): Promise<{ readonly channel: string; readonly people: readonly string[] }> {
  const people = names.map((name) => slack.addUser({ name, realName: NAMES[name] }).id);
  const [ana = ''] = people;
  const general = slack.addChannel({ name: 'general', members: [...people, slack.app.botUserId] }).id;
  await until('the incident', async () => {
    if (await ask('select count(*)::int from incident')) return true;
    await slack.as(ana).command('/incident', 'Checkout is failing', general);
    return false;
  });
  const { id } = await until('the channel', () => slack.channels().find(({ name }) => name.startsWith('inc-1')), 60_000);
  for (const person of people) await slack.as(person).join(id);
  return { channel: id, people };
}
