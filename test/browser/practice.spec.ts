import { HERE_MEANWHILE, OPENING, PROMPTED, WHILE_SILENT } from '#src/practice/script';
import { PracticePage } from './support/practice-page.ts';
import { useStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';
import { walkthrough } from './support/walkthrough.ts';

import.meta.jest.setTimeout(120_000);

describe('Practising with the printed link', () => {
  const stage = useStage();
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await stage.visitor();
  });

  it('finds two colleagues talking in a drill, the same in Slack and in the war room', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);

    for (const { text } of OPENING) await practice.bothSidesShow(text);

    expect(await practice.slack.getByRole('combobox', { name: 'You are' }).locator('option:checked').textContent()).toBe('You');
    expect(await practice.page.getByRole('heading', { name: /DRILL-\d+/ }).isVisible()).toBe(true);
    expect(visitor.complaints()).toEqual([]);
  });

  it('carries what is written on either side to the other', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);

    await practice.writeInSlack('I see it too, from Slack.');
    await practice.writeInTheRoom('And I from the war room.');
    await practice.bothSidesShow('I see it too, from Slack.');
    await practice.bothSidesShow('And I from the war room.');
  });

  it('carries what is pressed on either side to the other', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);

    await practice.slack.getByRole('button', { name: 'Take the lead' }).click();
    await practice.room.getByRole('article').filter({ hasText: 'You took the lead' }).waitFor();
    await practice.page.getByRole('button', { name: 'SEV3, change severity' }).click();
    const dialog = practice.page.getByRole('dialog', { name: 'How bad is it?' });
    await dialog.getByRole('radio', { name: /SEV1/ }).check({ force: true });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('All cards are refused');
    await dialog.getByRole('button', { name: 'Change severity' }).click();
    await practice.slackLog
      .getByText(/All cards are refused/)
      .first()
      .waitFor();
  });

  it('loses nothing and says nothing twice while Slack is broken, and says what could not be recovered', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const { page } = practice;
    const mine = {
      inChat: ['Is this thing on?', 'Somebody please read this.'],
      here: ['Slack does not answer me either.', 'I tell the others by phone.'],
    };

    await practice.press('Say something');
    await practice.bothSidesShow(PROMPTED[0]?.inChat.text ?? '');
    await practice.bothSidesShow(PROMPTED[0]?.here ?? '');
    await walkthrough(page, '1-before');
    await practice.press('Break Slack');
    await walkthrough(page, '2-suspect', /may not tell Muster what is said there since/);
    // Only then is it broken: the button is pressed sooner.
    await practice.slackLog.getByText(WHILE_SILENT[0]?.text ?? '', { exact: true }).waitFor();
    for (const text of mine.inChat) await practice.writeInSlack(text);
    await page
      .getByText(/Slack tells Muster nothing since \d\d:\d\d: what is said there is read when it returns/)
      .waitFor({ timeout: 30_000 });
    await walkthrough(page, '3-down');
    for (const text of mine.here) await practice.writeInTheRoom(text);
    for (const text of mine.inChat) await practice.slackLog.getByText(text, { exact: true }).waitFor();
    expect(await Promise.all(mine.inChat.map(async (text) => (await practice.times(text)).here))).toEqual([0, 0]);
    await walkthrough(page, '4-during', HERE_MEANWHILE.at(-1));

    await practice.press('Bring it back');
    await walkthrough(page, '5-back', 'Catching up…');
    const result = page.getByRole('status').filter({ hasText: 'exchanged.' });
    await result.waitFor({ timeout: 60_000 });

    // How much of it Teams' people said depends on when they came.
    expect(await result.textContent()).toMatch(
      /^7 from Slack and [5-7] from here and Teams exchanged\. 0 lost, 0 twice\. 1 button press could not be recovered\.$/,
    );
    expect(await page.getByRole('list', { name: 'What could not be recovered' }).getByRole('listitem').allTextContents()).toEqual([
      'Bo Lindqvist pressed “Take the lead” in Slack. Only Bo Lindqvist can do it again.',
    ]);
    for (const text of [...WHILE_SILENT.map((line) => line.text), ...HERE_MEANWHILE, ...mine.inChat, ...mine.here]) {
      await practice.bothSidesShow(text);
      expect({ text, ...(await practice.times(text)) }).toEqual({ text, inChat: 1, here: 1 });
    }
    await walkthrough(page, '6-merged');
    expect(visitor.complaints()).toEqual([]);

    await page.getByRole('button', { name: 'Declare a real one' }).click();
    await page.getByRole('heading', { name: 'Sign in to Muster' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Connect Slack' }).click();
    await page.getByRole('heading', { name: 'Sign in to Muster' }).waitFor();
  });

  it('shows the drill that the person declares in the pretend chat, and follows the channel they look at', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const { page, slack } = practice;
    const first = (await page.getByRole('heading', { name: /DRILL-\d+/ }).textContent()) ?? '';

    await slack.getByRole('link', { name: /general/ }).click();
    await practice.writeInSlack('/incident Payments are slow');
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('heading', { name: /DRILL-\d+.*Payments are slow/ }).waitFor();
    await slack.getByRole('heading', { name: /payments-are-slow/ }).waitFor();
    await slack.getByRole('link', { name: /checkout/ }).click();

    await page.getByRole('heading', { name: first }).waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  it('begins anew when asked, and what was before is over', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const before = practice.page.url();
    await practice.writeInTheRoom('This was before.');
    await practice.bothSidesShow('This was before.');

    const answer = await practice.page.evaluate(async () => {
      const asked = await fetch('/api/v1/practice', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      return { status: asked.status, body: (await asked.json()) as { id: string } };
    });
    await practice.page.getByText('This practice is over.').waitFor();
    expect(answer.status).toBe(201);
    await practice.room.getByText('This was before.').waitFor();

    await practice.page.getByRole('button', { name: 'Practise again' }).click();
    await practice.page.waitForURL((url) => url.href !== before);
    await practice.canPress('Say something');

    expect(await practice.times('This was before.')).toEqual({ inChat: 0, here: 0 });
  });

  it('offers one step at a time', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const steps = practice.page.getByRole('region', { name: 'What to do' }).getByRole('listitem');

    expect(await steps.getByRole('button').allTextContents()).toEqual(['Say something', 'Break Slack', 'Bring it back']);
    expect(await steps.getByRole('button', { disabled: true }).allTextContents()).toEqual(['Break Slack', 'Bring it back']);
  });

  it('tells how much faster it is than for real', async () => {
    const practice = await PracticePage.open(visitor, stage.practiceLink);

    await practice.page.getByText('Everything is faster here than for real').click();

    const rows = practice.page.getByRole('region', { name: 'What to do' }).getByRole('row');
    await rows.nth(1).waitFor();
    expect(await rows.first().getByRole('columnheader').allTextContents()).toEqual(['What', 'In practice', 'For real']);
  });

  it('goes on where it was when the link is opened again', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    await practice.writeInTheRoom('I was here.');
    await practice.bothSidesShow('I was here.');

    const again = await PracticePage.talking(visitor, stage.practiceLink);

    expect(again.page.url()).toBe(practice.page.url());
    await again.bothSidesShow('I was here.');
  });

  it('offers nothing real to who only practises, and says how to get in', async () => {
    const { page } = await PracticePage.talking(visitor, stage.practiceLink);
    await page.goto(new URL('/', page.url()).href);

    await page.getByText('You only practise here').waitFor();

    expect(await page.getByRole('button', { name: 'Declare' }).count()).toBe(0);
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByRole('link', { name: 'Sign in' }).waitFor();
  });

  it('is apart for everybody who opens the link', async () => {
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    await practice.writeInTheRoom('Only for me.');
    await practice.bothSidesShow('Only for me.');

    const other = await PracticePage.talking(await stage.visitor(), stage.practiceLink);
    await other.bothSidesShow(OPENING[0]?.text ?? '');

    expect(await other.times('Only for me.')).toEqual({ inChat: 0, here: 0 });
  });
});
