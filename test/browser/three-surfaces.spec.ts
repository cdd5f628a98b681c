import { PracticePage } from './support/practice-page.ts';
import { useStage } from './support/stage.ts';
import { said, ThreePeople } from './support/three-people.ts';

import.meta.jest.setTimeout(240_000);

describe('Three people on three surfaces', () => {
  const stage = useStage();

  it('are in one conversation through an outage of Slack and back: nothing missing, nothing twice, everything in order', async () => {
    const visitor = await stage.visitor();
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const people = await ThreePeople.in(stage, practice);
    const { mia, ines, you } = people;
    await people.talk(1, 2);
    for (const reader of people.all) for (const writer of people.all) await reader.sees(2, writer.surface);

    await practice.press('Say something');
    await practice.press('Break Slack');
    await practice.page
      .getByText(/Slack tells Muster nothing since/)
      .first()
      .waitFor({ timeout: 60_000 });
    await people.talk(3, 6);
    await you.sees(6, 'Teams');
    await ines.sees(6, 'the war room');
    expect(await mia.reads('Teams', 'the war room')).toEqual(inTurn(1, 2));
    expect(await you.reads('Slack')).toEqual(said('Slack', 1, 2));

    await practice.press('Bring it back');
    const result = practice.page.getByRole('status').filter({ hasText: 'exchanged.' });
    await result.waitFor({ timeout: 90_000 });
    expect(await result.textContent()).toContain('0 lost, 0 twice');
    await people.talk(7, 7);
    for (const reader of people.all) for (const writer of people.all) await reader.sees(7, writer.surface);

    for (const reader of people.all)
      for (const writer of people.all) expect(await reader.reads(writer.surface)).toEqual(said(writer.surface, 1, 7));
    for (const reader of [mia, you]) expect(await reader.reads('Teams', 'the war room')).toEqual(inTurn(1, 7));
    expect(await ines.page.getByText(/^Slack is not answering since/).count()).toBe(1);
    expect(await ines.page.getByText(/^Slack has caught up/).count()).toBe(1);
    expect(visitor.complaints()).toEqual([]);
  });

  it('may lose Teams too: its people go on among themselves, what they are to be told waits, and they have it when Teams is back', async () => {
    const visitor = await stage.visitor();
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const people = await ThreePeople.in(stage, practice);
    const { mia, ines, you } = people;

    await practice.page.getByRole('button', { name: 'Break Teams' }).click();
    await ines.page.getByText('Broken on purpose').waitFor();
    await mia.says(1);
    await you.says(1);
    await you.sees(1, 'Slack');
    await ines.says(1);
    expect(await ines.reads('Slack', 'the war room')).toEqual([]);

    await practice.page.getByRole('button', { name: 'Bring Teams back' }).click();

    await ines.sees(1, 'Slack');
    await ines.sees(1, 'the war room');
    expect(await ines.reads('Slack', 'the war room')).toHaveLength(2);
    expect(visitor.complaints()).toEqual([]);
  });
});

/** As Ines and you took turns. */
const inTurn = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => [
    ...said('Teams', from + n, from + n),
    ...said('the war room', from + n, from + n),
  ]).flat();
