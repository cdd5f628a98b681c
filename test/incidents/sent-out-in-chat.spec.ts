import { uuidv7 } from 'uuidv7';
import { Privacy } from '#src/incidents/privacy.service';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';

/** A chat follows later, or cannot: whoever was sent out may still be in its room, with a form on their screen. */
describe('Whoever is not to see a private incident and is still in a chat', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
  });

  const roomOf = async ({ id }: { id: string }): Promise<string> =>
    until('the room', async () => {
      const [mirror] = await app.database.query<{ room: string }>('select room from mirror where incident_id = $1 and room is not null', [
        id,
      ]);
      return mirror?.room;
    });
  const facts = async (number: string): Promise<unknown> => (await ana.api('GET', `/api/v1/incidents/${number}`)).body;
  const people = async (number: string): Promise<string[]> =>
    ((await ana.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: { name: string }[] }).people.map(({ name }) => name);
  const ask = async (by: string, room: string, line: string): Promise<string> =>
    JSON.stringify((await fake.chat.command(by, room, 'incident', line)).deliveries[0]?.body ?? '');

  describe('sent out of it', () => {
    let incident: { id: string; number: string };
    let room: string;

    beforeAll(async () => {
      incident = await ana.declares({ private: true });
      room = await roomOf(incident);
      expect(await ask('ben', room, 'join')).toContain('You take part now');
      await fake.chat.command('ben', room, 'incident', 'resolve');
      await ana.does(incident.number, 'remove', { person: 'ben' });
    });

    it.each([
      'join',
      'add me',
      'lead me',
      'severity sev1',
      'make-public',
      'resolve I end it',
      'update All is well',
      'status',
      'roles',
      'timeline 14:05 It began',
    ])('does nothing there by "%s"', async (line) => {
      const before = await facts(incident.number);

      expect(await ask('ben', room, line)).toContain("this is no incident's room");

      expect(await facts(incident.number)).toEqual(before);
      expect(await people(incident.number)).toEqual(['Ana']);
    });

    it('does nothing there by a form that was open', async () => {
      const { form } = fake.chat.forms().findLast(({ to }) => to === 'ben') ?? {};

      await fake.chat.submit('ben', 'resolve', { learned: ['I end it'] }, { state: form?.state ?? '' });
      await fake.chat.submit('ben', 'resolve', { learned: ['I end it'] }, { state: incident.id });

      expect(await facts(incident.number)).toMatchObject({ endedAt: null });
    });

    it('is let in again by somebody who takes part', async () => {
      await ana.does(incident.number, 'add', { person: 'ben' });

      expect(await ask('ben', room, 'severity sev2')).toContain('The severity is SEV2');
    });
  });

  it('ends nothing by a form that they opened before it became private, and those who take part do', async () => {
    const incident = await ana.declares();
    const room = await roomOf(incident);
    await fake.says('cy', room, 'I look');
    const opened = async (by: string): Promise<string> => {
      await fake.chat.command(by, room, 'incident', 'resolve');
      return fake.chat.forms().at(-1)?.form.state ?? '';
    };
    const [outside, inside] = [await opened('zoe'), await opened('cy')];
    await fake.heard(app);
    await ana.does(incident.number, 'privacy', { private: true });
    await until(
      'the private room',
      async () =>
        (await app.database.query('select 1 from mirror where incident_id = $1 and private and room is not null', [incident.id])).length >
        0,
    );

    const refused = await fake.chat.submit('zoe', 'resolve', { learned: ['I end it'] }, { state: outside });
    expect(JSON.stringify(refused.deliveries[0]?.body)).toContain("Write it in the incident's channel");
    expect(await facts(incident.number)).toMatchObject({ endedAt: null });

    await fake.chat.submit('cy', 'resolve', { learned: ['We alert now'] }, { state: inside });
    expect(await facts(incident.number)).toMatchObject({ learned: 'We alert now' });
  });

  describe('outside, and asks while it becomes private', () => {
    /** What is asked for finds the room as it was, and waits for the incident that another connection holds. */
    async function asItBecomesPrivate<T>({ id }: { id: string }, asked: () => Promise<T>): Promise<T> {
      const asking = await app.database.transaction(async (tx) => {
        const by = { person: { id: ana.id, name: ana.name }, via: { id: 'web', name: 'web' } };
        await app.get(Privacy).set(tx, { id, by, requestId: uuidv7() }, true);
        const answer = asked();
        await until('somebody waits for it', async () => (await app.database.query(WAITS)).length > 0);
        return { answer };
      });
      return asking.answer;
    }
    const WAITS = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

    it('does nothing by a command', async () => {
      const incident = await ana.declares();
      const room = await roomOf(incident);

      expect(await asItBecomesPrivate(incident, () => ask('zoe', room, 'severity sev1'))).toContain("this is no incident's room");

      expect(await facts(incident.number)).toMatchObject({ severity: 'SEV3' });
    });

    it('is not brought in by a message', async () => {
      const incident = await ana.declares();
      const room = await roomOf(incident);

      await asItBecomesPrivate(incident, () => fake.says('zoe', room, 'I look'));
      await fake.heard(app);

      expect(await people(incident.number)).toEqual(['Ana']);
    });
  });
});
