import { useBadDay } from './slack-bad-day.ts';

/** Nobody could sign in or reload; who was connected went on as if nothing had happened. */
describe('22 February 2022: Slack lets nobody in, and whoever is in goes on', () => {
  const day = useBadDay('22 February 2022');

  it('goes on as before on both sides, and calls nothing down', async () => {
    day.breaks({ kind: 'status', status: 503, on: 'login' });
    await day.speaks(5);
    await day.allIsWell();

    expect(await day.states()).toEqual(['open']);
  }, 120_000);
});
