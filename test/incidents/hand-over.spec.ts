import type { HandOverCard } from '#libs/war-room-protocol/hand-over';
import { useApp } from '#test/support/app';
import { FakeChat } from '#test/rooms/fake-chat';
import { SomePerson } from '#test/support/person';
import { PlainBrowser } from '#test/war-room/pages/browser';
import { until } from '#test/support/until';
import { handOver } from '#src/incidents/roles/hand-over';

describe('Handing over a role', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let ben: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben');
  });

  const cards = async (number: string): Promise<(HandOverCard | undefined)[]> =>
    (await app.events(number, 'incident.role-changed')).map((event) =>
      event.type === 'incident.role-changed' ? event.data.card : undefined,
    );

  async function anHourOfIt(): Promise<string> {
    const { number } = await ana.declares({ summary: 'Every card is declined' });
    await ana.does(number, 'lead', { to: 'me' });
    await ben.does(number, 'role', { role: 'comms', to: 'me' });
    const [kept, takenOff, hidden] = await Promise.all(
      ['It began with the deploy', 'A guess', 'Out of place'].map((text) => app.says(number, text)),
    );
    for (const messageId of [kept, takenOff, hidden]) await ana.does(number, 'pin', { messageId, on: true });
    await ana.does(number, 'pin', { messageId: takenOff, on: false });
    await ana.does(number, 'hide', { itemId: hidden, on: true });
    await ana.does(number, 'entry', { text: 'The deploy went out', at: '2026-11-21T08:05:00Z' });
    await ana.does(number, 'update', { text: 'Half is back', severity: 'SEV1', status: 'fixing', nextUpdateIn: 15 });
    return number;
  }

  it('shows one card with what whoever takes it over has to know, from the log', async () => {
    const number = await anHourOfIt();

    await ana.does(number, 'lead', { to: ben.id });

    const [, , card] = await cards(number);
    expect(card).toMatchObject({
      title: 'Checkout is failing',
      summary: 'Every card is declined',
      severity: 'SEV1',
      status: 'fixing',
      roles: [{ name: 'Communications', person: { name: 'Ben' } }],
      update: { by: { name: 'Ana' }, text: 'Half is back' },
      nextUpdate: expect.any(String) as string,
      asked: [],
      entries: [{ at: '2026-11-21T08:05:00.000Z', by: { name: 'Ana' }, text: 'The deploy went out' }],
      pinned: 1,
    });
  });

  it('is the same card for the same log, whoever reads it and when', async () => {
    const number = await anHourOfIt();
    await ben.does(number, 'lead', { to: 'me' });
    await app.says(number, 'What comes later changes nothing');
    await ana.does(number, 'severity', { to: 'SEV3' });

    const events = await app.events(number);
    const change = events.findLast(({ type }) => type === 'incident.role-changed');

    expect((await cards(number)).at(-1)).toEqual(handOver(events.slice(0, (change?.seq ?? 0) - 1), 'lead'));
  });

  it('comes only where a role passes from one person to another', async () => {
    const { number } = await ana.declares();

    await ana.does(number, 'role', { role: 'ops', to: 'me' });
    await ana.does(number, 'role', { role: 'ops', to: ben.id });
    await ana.does(number, 'role', { role: 'ops', to: null });

    expect((await cards(number)).map((card) => card !== undefined)).toEqual([false, true, false]);
  });

  it('is in the plain room and in the chats as well', async () => {
    const number = await anHourOfIt();
    const room = await fake.room(app, number);

    await ana.does(number, 'lead', { to: ben.id });

    const page = (await ana.api('GET', `/lite/i/${number}`)).body as string;
    expect(page).toContain('Ben has the lead, handed over by Ana');
    expect(page).toMatch(/<dt>Last update<\/dt><dd>\d\d:\d\d Ana: Half is back<\/dd>/);
    const said = await until('the card', () => fake.chat.observed(room).find(({ text }) => text.includes('handed over by Ana'))?.text);
    for (const words of ['Checkout is failing', 'SEV1', 'fixing', 'Half is back', 'The deploy went out', 'a message, on the timeline'])
      expect(said).toContain(words);
  });

  it('stands at the top of the plain room for whoever was given a role by somebody else, until they say that they read it', async () => {
    const { number } = await ana.declares();
    const page = async (who: SomePerson): Promise<string> => (await who.api('GET', `/lite/i/${number}`)).body;
    const read = (await ben.api('GET', `/api/v1/roles`)).body as { roles: { key: string; instructions: string }[] };
    const asks = read.roles.find(({ key }) => key === 'comms')?.instructions ?? '?';

    await ana.does(number, 'role', { role: 'comms', to: ben.id });
    await ana.does(number, 'role', { role: 'ops', to: 'me' });
    expect(await page(ana)).not.toContain('I have read it');
    const [given] = await app.events(number, 'incident.role-changed');
    expect(await page(ben)).toContain(`name="roles" value="${given?.seq}"`);
    expect((await page(ben)).split('I have read it')[0]).toContain(asks);

    await ben.api('PUT', `/api/v1/incidents/${number}/read`, { seq: 1_000 });
    expect(await page(ben)).toContain('I have read it');
    const browser = Object.assign(new PlainBrowser(app), { cookie: ben.cookie });
    expect((await browser.send(`/lite/i/${number}/read`, { roles: String(given?.seq) })).status).toBe(303);
    expect(await page(ben)).not.toContain('I have read it');
    expect((await ben.api('GET', `/api/v1/incidents/${number}/snapshot`)).body).toMatchObject({ read: { roles: given?.seq } });

    await ana.does(number, 'lead', { to: ben.id });
    expect(await page(ben)).toContain('Ben has the lead, asked by Ana');
    await ana.does(number, 'lead', { to: 'me' });
    expect(await page(ben)).not.toContain('I have read it');
  });

  it('has no words of a message in it, so that deleting one takes all of it away', async () => {
    const number = await anHourOfIt();
    await app.does(number, 'delete', { messageId: await app.says(number, 'Deleted before') });

    await ana.does(number, 'lead', { to: ben.id });

    const card = JSON.stringify((await cards(number)).at(-1));
    expect(card).not.toContain('It began with the deploy');
  });
});
