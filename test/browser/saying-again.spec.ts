import type { Locator } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, invited, signIn } from './support/people.ts';
import { RoomPage, tabTo } from './support/room-page.ts';
import { barriers } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

describe('A message that a chat did not take', () => {
  const stage = useStage();

  it('is said again by whoever presses the button beside it, and everybody can look where it has been heard', async () => {
    const hers = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    const his = await invited(stage, hers, 'Bo Lindqvist');
    const incident = await declare(hers, 'Checkout is failing');
    const ana = new RoomPage(hers);
    await ana.write('Rolling back');
    await ana.message('Rolling back').getByText('· Sent').waitFor();
    await stage.chatRefuses(incident, 'Rolling back');
    await hers.reload();
    await his.goto(new URL(`/i/${incident}`, hers.url()).href);
    const bo = new RoomPage(his);
    const row = bo.message('Rolling back');

    await row.getByText('Slack did not take it').waitFor();
    await row.getByText('That room is archived: open it again there.').waitFor();
    const button = row.getByRole('button', { name: 'Say it again' });
    await button.waitFor();
    expect(await barriers(his, 'a message that a chat did not take')).toEqual([]);
    await look(row);
    await row.getByText('In Slack: not taken. That room is archived: open it again there.').waitFor();
    expect(await barriers(his, 'where a message has been heard')).toEqual([]);
    await his.keyboard.press('Escape');

    await row.focus();
    await tabTo(his, button);
    await his.keyboard.press('Enter');

    await bo.log.getByText('1 message is said again in Slack, unless it is there already.').waitFor();
    await button.waitFor({ state: 'detached' });
    await until('it has the focus', () => row.evaluate((element) => element === element.ownerDocument.activeElement));
    await ana.log.getByText('Bo Lindqvist asked to say 1 message again in Slack').waitFor();
    await ana.message('Rolling back').getByText('· Waiting for Slack').waitFor();
    await look(row);
    await row.getByText('In Slack: not yet, it waits').waitFor();
  });

  async function look(row: Locator): Promise<void> {
    await row.getByRole('button', { name: /^What to do with the message of/ }).click();
    await row.getByRole('button', { name: 'Where it has been heard' }).click();
  }
});
