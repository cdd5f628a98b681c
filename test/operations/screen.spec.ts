import type { Tx } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

describe('The screen of operations', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  let isBroken = true;
  let session: string;

  beforeAll(async () => {
    app.get(InboxHandlers).add({
      types: ['message.created'],
      handle: (_tx: Tx, { event }: InboxItem) =>
        isBroken && JSON.stringify(event).includes('broken') ? Promise.reject(new Error('<b>not readable</b>')) : Promise.resolve(),
    });
    await fake.join(app);
    const incident = (await app.anIncident()).number;
    const room = await fake.room(app, incident);
    await fake.says('mia', room, 'broken one');
    await fake.says('mia', room, 'broken two');
    session = await app.get(Sessions).signIn(await createLink(app.database, 'admin'), 'Ana');
    await until('both are put aside', async () => (await ids()).length === 2, 25_000);
  }, 60_000);

  it('shows what lies aside by kind and place, and nothing of what an error said', async () => {
    const page = await open();
    expect(page).toContain('A message from fake');
    expect(page).toMatch(/Why: <code>Error, at .*screen\.spec\.ts/);
    expect(page).not.toContain('not readable');
  });

  it('shows words as words, never as markup', async () => {
    await app.database.query(`update quarantine set problem = '<b>not readable</b>'`);

    const page = await open();

    expect(page).toContain('&lt;b&gt;not readable');
    expect(page).not.toContain('<b>not readable');
    expect(page).toContain('Processes');
  });

  it('says on the same page what came of trying again', async () => {
    const [id] = await ids();
    expect(await press(id, { do: 'replay' })).toContain('failed again and lies here still');
    isBroken = false;
    expect(await press(id, { do: 'replay' })).toContain('It has been read now');
    expect(await ids()).toHaveLength(1);
  });

  it('drops with a reason, and asks for one that is missing', async () => {
    const [id] = await ids();
    expect(await press(id, { do: 'drop', why: '' }, 400)).toContain('Say why');
    expect(await press(id, { do: 'drop', why: 'said again' })).toContain('is dropped');
    expect(await open()).toContain('Nothing is put aside.');
  });

  it('takes no press from another site', async () => {
    const response = await fetch(`${app.url}/operations/quarantine/0190a6e0-0000-7000-8000-000000000000`, {
      method: 'POST',
      headers: { cookie: `muster=${session}`, origin: 'https://elsewhere.example' },
      body: new URLSearchParams({ do: 'replay' }),
    });
    expect(response.status).toBe(403);
  });

  async function open(): Promise<string> {
    return (await fetch(`${app.url}/operations`, { headers: { cookie: `muster=${session}` } })).text();
  }

  async function press(id: string | undefined, fields: Record<string, string>, status = 200): Promise<string> {
    const response = await fetch(`${app.url}/operations/quarantine/${id}`, {
      method: 'POST',
      headers: { cookie: `muster=${session}`, origin: app.url },
      body: new URLSearchParams(fields),
    });
    expect(response.status).toBe(status);
    return response.text();
  }

  async function ids(): Promise<string[]> {
    const { body } = (await app.api('GET', '/api/v1/operations/quarantine')) as { body: { quarantine: { id: string }[] } };
    return body.quarantine.map(({ id }) => id);
  }
});
