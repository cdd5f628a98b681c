import { PracticePage } from './support/practice-page.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

/** A file of its own, because it stops Muster under everybody. */
describe('Practising while Muster is started again', () => {
  const stage = useStage();

  it('says that it is over after Muster was started again, and can be begun anew', async () => {
    const { page } = await PracticePage.talking(await stage.visitor(), stage.practiceLink);
    await stage.stopMuster();
    await stage.startMuster();

    await page.getByText('This practice is over.').waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByText('This practice is over.').waitFor();
    await page.getByRole('heading', { name: /DRILL-\d+/ }).waitFor();
    expect(await page.getByText('Muster did not answer').count()).toBe(0);
    await page.getByRole('button', { name: 'Practise again' }).click();
    await new PracticePage(page).canPress('Say something');
  });
});
