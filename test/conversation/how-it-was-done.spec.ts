import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';

describe('Saying how something was done, so that others learn by seeing', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let number: string;
  let room: string;
  beforeAll(() => fake.join(app));
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });

  async function lastLine(): Promise<string | undefined> {
    await fake.told(app);
    return fake.said(room).at(-1);
  }

  it('names the command, without what was written behind it', async () => {
    await fake.chat.command('mia', room, 'incident', 'severity sev1 the password is 1234');

    const [event] = await app.events(number, 'incident.severity-changed');
    expect(event?.via).toEqual({ id: 'fake', name: 'The fake', how: '/incident severity' });
    expect(await lastLine()).toMatch(/^mia \(The fake: \/incident severity\) changed the severity from SEV3 to SEV1/);
  });

  it('says that a button was pressed', async () => {
    const card = Number(fake.chat.observed(room).find(({ text }) => text.includes('Severity: '))?.id);
    await fake.chat.press('mia', { room, number: card }, 'lead', 'me');

    expect((await app.events(number, 'incident.role-changed')).at(-1)?.via).toEqual({ id: 'fake', name: 'The fake', how: 'a button' });
  });

  it('names what was typed in the war room as it is typed there', async () => {
    await app.does(number, 'command', { text: '/incident severity sev1' });

    const [event] = await app.events(number, 'incident.severity-changed');
    expect(event?.via).toEqual({ id: 'api', name: 'API', how: '/severity' });
    expect(await lastLine()).toMatch(/^Admin \(API: \/severity\) changed the severity/);
  });

  it('says nothing of it where it goes without saying', async () => {
    await app.does(number, 'severity', { to: 'SEV1' });

    const [event] = await app.events(number, 'incident.severity-changed');
    expect(event?.via).toEqual({ id: 'api', name: 'API' });
    expect(await lastLine()).toMatch(/^Admin \(API\) changed the severity/);
  });
});
