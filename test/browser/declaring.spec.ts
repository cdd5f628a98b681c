import type { Page } from 'playwright-core';
import { declare, invited, signIn } from './support/people.ts';
import { RoomPage, tabTo } from './support/room-page.ts';
import { barriers } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(180_000);

describe('Declaring what somebody else has declared already', () => {
  const stage = useStage();
  let incident: string;
  let his: Page;
  beforeAll(async () => {
    const hers = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    incident = await declare(hers, 'Checkout fails for a quarter of all customers');
    const session = await (await invited(stage, hers, 'Bo Lindqvist')).context().storageState();
    his = await (await stage.visitor({ storageState: session })).open('/');
  });

  it('is seen while it is written, and leads into that room by keys alone, with what was written', async () => {
    const room = new RoomPage(his);
    const dialog = room.dialog('Declare an incident');
    const similar = dialog.getByRole('list', { name: 'Similar incidents' });
    await his.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
    await his.keyboard.press('c');
    await dialog.waitFor();
    await his.keyboard.type('Mails fail for all customers');
    await dialog.getByRole('textbox', { name: 'Summary' }).fill('Gateway timeouts since 10:40');
    expect(await similar.count()).toBe(0);

    const title = dialog.getByRole('textbox', { name: 'What is broken?' });
    await title.fill('');
    await title.pressSequentially('Nobody gets through the checkout');
    await dialog.getByRole('status').getByText('Is it one of these, which go on already?').waitFor();
    await similar.getByText(`${incident} Checkout fails for a quarter of all customers`).waitFor();
    expect(await barriers(his, 'similar incidents')).toEqual([]);

    await tabTo(his, similar.getByRole('button', { name: `Join ${incident} instead` }));
    await his.keyboard.press('Enter');

    await his.waitForURL(`**/i/${incident}`);
    await room.log.getByText(/Bo Lindqvist joined/).waitFor();
    expect(await room.box.inputValue()).toBe('Nobody gets through the checkout\nGateway timeouts since 10:40');

    await his.keyboard.press('c');
    expect(await title.inputValue()).toBe('');
  });
});
