import { randomUUID } from 'node:crypto';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, invited, signIn } from './support/people.ts';
import { RoomPage } from './support/room-page.ts';
import { barriers, TWO_LOOKS } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

describe('What two people do with messages', () => {
  const stage = useStage();
  let sessions: { readonly ana: Session; readonly bo: Session };
  let incident: string;
  let ana: RoomPage;
  let bo: RoomPage;

  beforeAll(async () => {
    const hers = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    const his = await invited(stage, hers, 'Bo Lindqvist');
    sessions = { ana: await hers.context().storageState(), bo: await his.context().storageState() };
  });
  beforeEach(async () => {
    const page = await as('ana', '/');
    incident = await declare(page, 'Checkout is failing');
    ana = new RoomPage(page);
    await ana.write('Pool wait is at 4.2 s');
    await ana.message('Pool wait is at 4.2 s').getByText('· Sent').waitFor();
    bo = new RoomPage(await as('bo', `/i/${incident}`));
    // What can be done with a message is fetched after its words are shown.
    await bo
      .message('Pool wait is at 4.2 s')
      .getByRole('button', { name: /^What to do with/ })
      .waitFor();
  });

  const as = async (who: 'ana' | 'bo', path: string): Promise<Page> => (await stage.visitor({ storageState: sessions[who] })).open(path);
  const menuOf = async (room: RoomPage, text: string): Promise<Locator> => {
    const message = room.message(text);
    await message.getByRole('button', { name: /^What to do with the message of/ }).click();
    return message;
  };
  const isFocused = (element: Locator): Promise<boolean> => element.evaluate((one) => one === one.ownerDocument.activeElement);

  it('each sees how the other reacts, and takes back only what is theirs', async () => {
    const message = await menuOf(bo, 'Pool wait is at 4.2 s');
    await message.getByRole('button', { name: 'React' }).click();
    await message.getByRole('button', { name: 'Looking at it' }).click();

    const hers = ana.message('Pool wait is at 4.2 s').getByRole('button', { name: 'Looking at it: Bo Lindqvist' });
    await hers.click();
    const both = bo.message('Pool wait is at 4.2 s').getByRole('button', { name: 'Looking at it: Bo Lindqvist, Ana Ruiz' });
    await both.click();

    await ana.message('Pool wait is at 4.2 s').getByRole('button', { name: 'Looking at it: Ana Ruiz' }).waitFor();
  });

  it('what is in a message is copied, of one with a log the log alone, and its link with one key', async () => {
    await ana.box.fill('The pool says:\n```\npool_wait 4.2s\n  at shard 7\n```');
    await ana.box.press('Enter');
    const log = bo.log.getByRole('article').filter({ hasText: 'The pool says:' });
    await bo.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (): Promise<string> => bo.page.evaluate('navigator.clipboard.readText()');

    await log.getByRole('button', { name: /^What to do with/ }).click();
    await log.getByRole('button', { name: 'Copy log' }).click();
    const box = log.getByRole('textbox', { name: 'The log in this message' });
    await log.getByRole('status').getByText('Copied').waitFor();
    expect(await copied()).toBe('pool_wait 4.2s\n  at shard 7');
    expect(await box.evaluate((field) => field.ownerDocument.getSelection()?.toString())).toBe('pool_wait 4.2s\n  at shard 7');
    expect(await barriers(bo.page, 'copying a log', TWO_LOOKS)).toEqual([]);

    await box.press('Escape');
    await until('the row has the focus', () => isFocused(log));
    await bo.page.keyboard.press('y');
    await log.getByRole('textbox', { name: 'Link to this message' }).waitFor();
    await until('the link is copied', async () => (await copied()).includes(`/i/${incident}#m`));

    const words = await menuOf(bo, 'Pool wait is at 4.2 s');
    await words.getByRole('button', { name: 'Copy text' }).click();
    await until('the words are copied', async () => (await copied()) === 'Pool wait is at 4.2 s');
  });

  it('each message has a link, which leads to it, also where it is long ago, and says so where it was deleted or is none', async () => {
    const message = await menuOf(bo, 'Pool wait is at 4.2 s');
    await message.getByRole('button', { name: 'Copy link' }).click();
    const address = await message.getByRole('textbox', { name: 'Link to this message' }).inputValue();
    expect(address).toMatch(new RegExp(`/i/${incident}#m\\d+$`));
    expect(await barriers(bo.page, 'link to a message')).toEqual([]);
    const post = async (n: number): Promise<unknown> => {
      const id = randomUUID();
      const headers = { 'idempotency-key': id, origin: new URL(address).origin, 'sec-fetch-site': 'same-origin' };
      return ana.page.request.post(`/api/v1/incidents/${incident}/commands`, {
        data: { id, type: 'message', body: { text: `Line ${n}` } },
        headers,
      });
    };
    for (let n = 1; n <= 320; n++) expect(((await post(n)) as { status(): number }).status()).toBe(200);

    const there = new RoomPage(await as('bo', address));
    const linked = there.message('Pool wait is at 4.2 s');
    await linked.waitFor();
    await until('it has the focus', () => isFocused(linked));
    expect(await linked.evaluate((row) => row.hasAttribute('data-linked'))).toBe(true);
    await until('it is in sight', () => linked.evaluate((row) => row.getBoundingClientRect().top >= 0));
    // What can be done with messages comes a moment later and makes each row taller: a button below them moves away once.
    await linked.getByRole('button', { name: /^What to do with the message of/ }).waitFor();
    await there.press('Go to the newest');
    await there.message('Line 320').waitFor();
    expect(new URL(there.page.url()).hash).toBe('');

    const nothing = new RoomPage(await as('bo', `/i/${incident}#m9999`));
    await nothing.page.getByText('The link leads to number 9999, and this room shows nothing under it.').waitFor();

    const gone = await menuOf(new RoomPage(await as('ana', address)), 'Pool wait is at 4.2 s');
    await gone.getByRole('button', { name: 'Delete' }).click();
    await gone.getByRole('group', { name: 'Delete this message?' }).getByRole('button', { name: 'Delete' }).click();
    await there.page.goto(`${new URL(address).pathname}${new URL(address).hash}`);
    await there.page.reload();
    await there.page.getByText('The message that the link leads to was deleted.').waitFor();
  });

  it('an edit is seen by the other at once, who can look up what it said before', async () => {
    const message = await menuOf(ana, 'Pool wait is at 4.2 s');
    await message.getByRole('button', { name: 'Edit', exact: true }).click();
    await ana.page.getByRole('textbox', { name: 'Edit your message' }).fill('Pool wait is at 42 s');
    await ana.page.keyboard.press('Enter');

    const edited = bo.message('Pool wait is at 42 s');
    await edited.getByText('· edited').waitFor();
    await menuOf(bo, 'Pool wait is at 42 s');
    expect(await edited.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
    await edited.getByRole('button', { name: 'What it said before' }).click();
    await edited.getByRole('group', { name: 'What it said before' }).getByText('Pool wait is at 4.2 s').waitFor();
  });

  it('a deleted message is gone for both, after a question', async () => {
    const message = await menuOf(ana, 'Pool wait is at 4.2 s');
    await message.getByRole('button', { name: 'Delete' }).click();
    await message.getByRole('button', { name: 'Keep' }).click();
    expect(await bo.message('Pool wait is at 4.2 s').count()).toBe(1);
    await menuOf(ana, 'Pool wait is at 4.2 s');
    await message.getByRole('button', { name: 'Delete' }).click();
    await message.getByRole('button', { name: 'Delete' }).click();

    await bo.log.getByText('This message was deleted.').waitFor();
    await bo.log.getByText('Deleted by Ana Ruiz').waitFor();
    expect(await bo.log.getByText('Pool wait').count()).toBe(0);
  });

  it('by keys: e reacts, p pins, r answers, and the focus stays where one works', async () => {
    const page = bo.page;
    const row = bo.message('Pool wait is at 4.2 s');
    await row.focus();

    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await row.getByRole('button', { name: 'Agreed: Bo Lindqvist' }).waitFor();
    await until('it has the focus', () => isFocused(row));
    await page.keyboard.press('p');
    await page
      .getByRole('region', { name: /Timeline/ })
      .getByText('Pool wait is at 4.2 s')
      .waitFor();
    await until('it has the focus', () => isFocused(row));
    await page.keyboard.press('r');
    await until('it has the focus', () => isFocused(bo.box));
    await page.keyboard.type('Since when?');
    await page.keyboard.press('Enter');

    const answer = ana.message('Since when?');
    await answer.getByRole('button', { name: 'In answer to Ana Ruiz: Pool wait is at 4.2 s' }).click();
    await until('it has the focus', () => isFocused(ana.message('Pool wait is at 4.2 s').first()));
  });

  it('what is open closes by Escape, and the focus goes back to the message', async () => {
    const row = bo.message('Pool wait is at 4.2 s');
    await row.focus();
    await bo.page.keyboard.press('e');
    await row.getByRole('form', { name: 'React' }).waitFor();

    await bo.page.keyboard.press('Escape');

    await row.getByRole('form', { name: 'React' }).waitFor({ state: 'detached' });
    await until('it has the focus', () => isFocused(row));
  });

  it('whoever comes back sees where the new begins, also on another device', async () => {
    await bo.page.goto('/');
    await bo.page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor();
    await ana.write('Rolling back the 03:05 deploy');
    await ana.message('Rolling back the 03:05 deploy').getByText('· Sent').waitFor();

    await bo.page.reload();
    await bo.page.getByRole('link', { name: /^INC-/ }).filter({ hasText: incident }).waitFor();
    const elsewhere = new RoomPage(await as('bo', `/i/${incident}`));

    await elsewhere.message('Rolling back the 03:05 deploy').waitFor();
    const line = elsewhere.log.getByText(/^New since you left at \d\d:\d\d$/);
    await line.waitFor();
    expect(await order(line, elsewhere.message('Rolling back the 03:05 deploy'))).toBe('before');
    expect(await order(line, elsewhere.message('Pool wait is at 4.2 s'))).toBe('after');
  });

  it('the newest message is in sight when a full room is opened', async () => {
    for (let n = 1; n <= 25; n++) await ana.write(`Line ${n} of what I saw`);
    await ana.message('Line 25 of what I saw').getByText('· Sent').waitFor();

    const opened = new RoomPage(await as('bo', `/i/${incident}`));
    const newest = opened.message('Line 25 of what I saw');
    await newest.getByRole('button', { name: /^What to do with/ }).waitFor();
    await opened.page.getByRole('button', { name: 'Attach a file' }).waitFor();

    await until('it is in sight', async () => (await bottomOf(newest)) <= (await bottomOf(opened.log)));
  });

  it('nobody is kept out by what is open under a message', async () => {
    for (const opened of ['React', 'Edit', 'Delete']) {
      const message = await menuOf(ana, 'Pool wait is at 4.2 s');
      expect(await barriers(ana.page, `menu before ${opened}`, TWO_LOOKS)).toEqual([]);
      await message.getByRole('button', { name: opened, exact: true }).click();
      expect(await barriers(ana.page, opened, TWO_LOOKS)).toEqual([]);
      await message.getByRole('button', { name: opened === 'Delete' ? 'Keep' : 'Cancel' }).click();
    }
  });
});

const bottomOf = async (one: Locator): Promise<number> => {
  const { y, height } = (await one.boundingBox())!;
  return y + height;
};

const order = async (one: Locator, other: Locator): Promise<'before' | 'after'> => {
  const [first, second] = [await one.boundingBox(), await other.boundingBox()];
  return first!.y < second!.y ? 'before' : 'after';
};
