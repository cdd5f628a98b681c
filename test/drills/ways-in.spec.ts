import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { type PlainBrowser, anAdmin } from '#test/war-room/pages/browser';
import { runDrill } from './run-drill.ts';

describe('Beginning a drill', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  let browser: PlainBrowser;
  let lobby: string;

  beforeAll(async () => {
    await fake.join(app);
    browser = await anAdmin(app);
    lobby = fake.chat.addRoom('lobby', ['mia']).id;
  });

  const phase = async (): Promise<string | undefined> =>
    (await app.database.query<{ phase: string }>('select phase from drill order by begun_at desc limit 1'))[0]?.phase;
  const is = (wanted: string): Promise<unknown> => until(`the drill is ${wanted}`, async () => (await phase()) === wanted, 90_000);

  it('by its page: a form that says what will happen, then how far it is, and a report in words', async () => {
    const empty = await browser.open('/drill');
    const begun = await browser.send('/drill', { fault: 'writes', minutes: '30' });
    const page = begun.to ?? '';
    await is('broken');
    const broken = await browser.open(page);
    const meanwhile = await browser.open('/drill');
    const ended = await browser.send(page);
    await is('over');
    const over = await browser.open(page);

    expect(empty.body).toContain('None yet.');
    expect([begun.status, ended.status]).toEqual([303, 303]);
    expect(broken.body).toContain('takes nothing from Muster');
    expect(broken.body).toContain('This is a drill. Nothing real is broken.');
    expect(meanwhile.body).toMatch(/DRILL-1<\/a> goes on/);
    expect(over.body).toContain('What to improve');
    expect(over.body).toMatch(/\d of \d goals kept/);
  }, 180_000);

  it('by its page, and is shown the form again with what was typed where it cannot be', async () => {
    const { status, body } = await browser.send('/drill', { fault: 'flood', minutes: '99', tells: 'on' });

    expect(status).toBe(400);
    expect(body).toContain('role="alert"');
    expect(body).toMatch(/value="flood" checked/);
    expect(body).toContain('value="99"');
  });

  it('in chat, by a word for how it breaks, and ends it so', async () => {
    const mia = (await SomePerson.of(app, 'Mia')).id;
    await app.database.query(
      `insert into account (instance, tenant, native_user, person_id, profile_at) values ('fake', $1, 'mia', $2, clock_timestamp())
       on conflict (instance, tenant, native_user) do update set person_id = excluded.person_id`,
      [fake.chat.tenant, mia],
    );
    await fake.chat.command('mia', lobby, 'incident', 'drill silent 30');
    await is('broken');
    await fake.chat.command('mia', lobby, 'incident', 'drill stop');
    await is('over');

    const [last] = await app.database.query('select fault, minutes, tells, stopped_by from drill order by begun_at desc limit 1');
    expect(last).toEqual({ fault: 'silent', minutes: 30, tells: false, stopped_by: 'Mia' });
  }, 180_000);

  it('in chat is told which words there are, and how an incident of that name is declared', async () => {
    const { number } = await app.anIncident();
    const { status, body } = await app.does(number, 'command', { text: '/drill bit is stuck' });

    expect([status, body]).toMatchObject([400, { detail: expect.stringContaining('silent, writes, everything or flood') }]);
    expect((body as { detail: string }).detail).toContain('/declare drill bit is stuck');
  });

  it('by "npm run drill", which follows it and prints the report', async () => {
    const run = runDrill(app.url, ['writes', '--minutes', '2']);
    await is('over');
    const { code, out } = await run;

    expect(out).toMatch(/^DRILL-3: http/);
    expect(out).toMatch(/\d of \d goals were kept\./);
    expect([0, 2]).toContain(code);
  }, 180_000);
});
