import { asRead } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { Nudges } from '#src/updates/nudges.service';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('A nudge in Slack', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'socket');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  });
  afterAll(() => slack.close());

  it('asks with three buttons; the first opens the form, which answers it', async () => {
    const { number, channel, nudge } = await nudged();
    expect(buttonsOf(nudge)).toEqual(['Update', 'Snooze 10 min', 'Skip']);

    await press(channel, nudge, 'Update');
    const form = await until('the form', () => slack.as(ana).views()[0]);
    await slack.as(ana).submit(form.id, { text: 'Half is back' });

    await until('the update', async () => (await app.events(number, 'update.shared')).length === 1);
    await until('the channel is told', () => read(channel).some((words) => words.includes('Half is back')));
  });

  it('is put off by the second, and says until when', async () => {
    const { number, channel, nudge } = await nudged();

    await press(channel, nudge, 'Snooze 10 min');

    await until('the answer', async () => (await app.events(number, 'nudge.snoozed')).length === 1);
    expect(await app.events(number, 'nudge.snoozed')).toMatchObject([
      { by: { name: 'Ana Ruiz' }, via: { name: 'Slack', how: 'a button' } },
    ]);
    await until('the channel is told', () => read(channel).some((words) => words.includes('put off the next update')));
  });

  it('is let pass by the third, once, however often it is pressed', async () => {
    const { number, channel, nudge } = await nudged();

    await press(channel, nudge, 'Skip');
    await press(channel, nudge, 'Skip');

    await until('the channel is told', () => read(channel).some((words) => words.includes('let the next update pass this time')));
    expect(await app.events(number, 'nudge.skipped')).toHaveLength(1);
  });

  const nudged = async (): Promise<{ number: string; channel: string; nudge: SlackMessage }> => {
    const { number, id } = await app.anIncident();
    await app.does(number, 'lead', { to: 'me' });
    const channel = await until('the channel', () => slack.channels().find(({ name }) => name.startsWith(`${number.toLowerCase()}-`)));
    await slack.as(ana).join(channel.id);
    await app.database.transaction((tx) => app.get(Nudges).give(tx, id, new Date(Date.now() + 3_600_000)));
    const nudge = await until('the nudge', () => shown(slack, channel.id).find((one) => buttonsOf(one).includes('Skip')));
    return { number, channel: channel.id, nudge };
  };
  const read = (channel: string): string[] => shown(slack, channel).map((one) => asRead(one).text);
  const elements = (message: SlackMessage): Button[] =>
    (message.blocks ?? []).flatMap((block) =>
      ((block as unknown as { elements?: Button[] }).elements ?? []).filter(({ type }) => type === 'button'),
    );
  const buttonsOf = (message: SlackMessage): string[] => elements(message).map(({ text }) => text?.text ?? '');
  const press = (channel: string, message: SlackMessage, label: string): Promise<unknown> =>
    slack.as(ana).press(channel, message.ts, elements(message).find(({ text }) => text?.text === label)?.action_id ?? '');
});

interface Button {
  readonly type: string;
  readonly action_id: string;
  readonly text?: { readonly text: string };
}
