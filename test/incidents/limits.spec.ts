import { limits } from '#libs/war-room-protocol/vocabulary';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { aResponder, type PlainBrowser } from '#test/war-room/pages/browser';

describe('What is more than fits', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;
  let browser: PlainBrowser;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana');
    browser = await aResponder(app, 'Ben');
    await app.database.query(`update person set role = 'responder' where name = 'Ben'`);
  });

  const long = (most: number): string => 'x'.repeat(most + 1);

  it.each(['1000000000', '-5', '0.5', '1441', 'soon'])('is no number of minutes on the plain page: %s', async (next) => {
    const { number } = await ana.declares();

    const refused = await browser.send(`/lite/i/${number}`, { do: 'update', id: '', text: 'We roll back', next });

    expect(refused.status).toBe(400);
    expect(refused.body).toContain('is no number of minutes. Give a whole one from 1 to 1440, for example 30.');
    expect(refused.body).toContain('We roll back');
    expect(await app.events(number)).toHaveLength(1);
  });

  it.each([
    ['decline', { text: long(limits.reasonChars) }],
    ['severity', { text: 'SEV1', reason: long(limits.reasonChars) }],
    ['summary', { text: long(limits.summaryChars) }],
    ['update', { text: long(limits.updateChars) }],
  ])('is refused on the plain page with how much fits: %s', async (what, fields) => {
    const { number } = await ana.declares({ triage: true });

    const refused = await browser.send(`/lite/i/${number}`, { do: what, id: '', ...fields });

    expect(refused.status).toBe(400);
    expect(refused.body).toMatch(/Say (it|why) in at most (500|3000) characters\. The rest fits in messages\./);
    expect(await app.events(number)).toHaveLength(1);
  });

  it.each([
    ['/decline', limits.reasonChars],
    ['/severity sev1', limits.reasonChars],
    ['/summary', limits.summaryChars],
    ['/update', limits.updateChars],
  ])('is refused by word with how much fits: %s', async (words, most) => {
    const { number } = await ana.declares({ triage: true });

    expect(await ana.does(number, 'command', { text: `${words} ${long(most)}` })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(`in at most ${most} characters. The rest fits in messages.`) as string },
    });
    expect(await app.events(number)).toHaveLength(1);
    expect((await ana.does(number, 'command', { text: `${words} ${'x'.repeat(most)}` })).status).toBe(200);
  });
});
