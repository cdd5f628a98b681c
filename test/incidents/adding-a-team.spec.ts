import { uuidv7 } from 'uuidv7';
import type { TeamView } from '#libs/war-room-protocol/organisation';
import type { Participant } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { FakeChat } from '#test/rooms/fake-chat';
import { SomePerson } from '#test/support/person';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';

describe('Adding a team to an incident', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let ben: SomePerson;
  let dee: SomePerson;
  let payments: string;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben', 'member');
    await SomePerson.of(app, 'Cy', 'member');
    dee = await SomePerson.of(app, 'Dee', 'member');
    payments = await aTeam('Payments', 'Ben', 'Cy');
  });

  async function aTeam(name: string, ...members: string[]): Promise<string> {
    const { id } = (await ana.api('POST', '/api/v1/teams', { name })).body as TeamView;
    for (const person of members) await ana.api('POST', `/api/v1/teams/${id}/members`, { person });
    return id;
  }
  const people = async (number: string): Promise<string[]> => {
    const { people: all } = (await ana.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: Participant[] };
    return all.map(({ name, observer }) => (observer ? `${name} watches` : name)).sort();
  };
  const added = async (number: string): Promise<object[]> =>
    (await app.events(number, 'participant.team-added')).map(({ by, data }) => ({ by: by?.name, ...data }));
  const say = async (number: string, text: string): Promise<string> => {
    const { body } = await ana.does(number, 'command', { text });
    const { say: said, detail } = body as { say?: string; detail?: string };
    return said ?? detail ?? '';
  };

  it('brings in whoever is in it, as one event that names them', async () => {
    const { number, id } = await ana.declares();

    await ana.does(number, 'add-team', { team: payments });

    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy']);
    expect(await added(number)).toMatchObject([
      { by: 'Ana', team: 'Payments', teamId: payments, people: [{ name: 'Ben' }, { name: 'Cy' }] },
    ]);
    expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('Payments was added by Ana: Ben, Cy');
    expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
  });

  it('leaves those who take part already as they are, and names only who is new', async () => {
    const { number, id } = await ana.declares();
    await ben.does(number, 'join', { observer: true });

    await ana.does(number, 'add-team', { team: 'payments', observer: true });
    await ana.does(number, 'add-team', { team: 'payments' });

    expect(await people(number)).toEqual(['Ana', 'Ben watches', 'Cy watches']);
    expect(await added(number)).toMatchObject([{ people: [{ name: 'Cy' }], observer: true }]);
    expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
  });

  it('happens once, however often it is asked for', async () => {
    const { number } = await ana.declares();
    const request = uuidv7();

    const first = await ana.does(number, 'add-team', { team: payments }, request);
    const again = await ana.does(number, 'add-team', { team: payments }, request);

    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await added(number)).toHaveLength(1);
    expect(await ana.does(number, 'add-team', { team: payments }, uuidv7())).toMatchObject({ body: { seq: null } });
  });

  it('is a responder’s or the lead’s', async () => {
    const { number } = await ana.declares();

    expect((await dee.does(number, 'add-team', { team: 'Payments' })).status).toBe(403);
    await dee.does(number, 'lead', { to: 'me' });
    expect((await dee.does(number, 'add-team', { team: 'Payments' })).status).toBe(200);
  });

  it('has the same word as adding somebody, everywhere', async () => {
    const { number } = await ana.declares();

    expect(await say(number, '/incident add @payments observer')).toBe('Everybody in Payments takes part now.');
    expect(await people(number)).toEqual(['Ana', 'Ben watches', 'Cy watches']);
    expect(await say(number, '/add Dee')).toBe('Dee takes part now.');
    expect(await say(number, '/add team Nobody knows')).toMatch(/^There is no team "Nobody knows". Choose Payments/);
  });

  it('asks which is meant where somebody is called like a team', async () => {
    const { number } = await ana.declares();
    await aTeam('Dee', 'Ben');

    expect(await say(number, '/add Dee')).toBe(
      `Both a team and somebody are called "Dee". Write "add team Dee" for the team, or "add ${dee.id}" for them.`,
    );
    expect(await say(number, '/add team Dee')).toBe('Everybody in Dee takes part now.');
    expect(await say(number, `/add ${dee.id}`)).toBe('Dee takes part now.');
    expect(await people(number)).toEqual(['Ana', 'Ben', 'Dee']);
  });

  it('says so when nobody is in the team, or when it is archived', async () => {
    const { number } = await ana.declares();
    const empty = await aTeam('Night watch');

    expect(await say(number, '/add Night watch')).toBe('Nobody is in Night watch yet. A responder puts people into it at /settings/teams.');
    await ana.api('PATCH', `/api/v1/teams/${empty}`, { archived: true });
    expect((await ana.does(number, 'add-team', { team: empty })).status).toBe(400);
  });

  it('is a form of the plain room, where nothing typed is lost', async () => {
    const { number } = await ana.declares();
    const page = (await ana.api('GET', `/lite/i/${number}`)).body as string;
    expect(page).toMatch(/<option value="Payments">Payments<\/option>/);

    const response = await fetch(new URL(`/lite/i/${number}`, app.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: ana.cookie, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ do: 'add-team', id: uuidv7(), text: 'Payments' }),
    });

    expect(response.status).toBe(303);
    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy']);
  });

  describe('when it is private', () => {
    it('lets in exactly those who are in it then, and nobody who joins it later', async () => {
      const { number } = await ana.declares({ private: true });
      const team = await aTeam('Legal', 'Ben');
      expect((await ana.api('GET', `/lite/i/${number}`)).body).toContain('Whoever joins the team later will not.');

      await ana.does(number, 'add-team', { team });
      await ana.api('POST', `/api/v1/teams/${team}/members`, { person: 'Dee' });

      expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
      expect((await dee.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
      await ana.api('DELETE', `/api/v1/teams/${team}/members/${ben.id}`);
      expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
    });

    it('brings them into the chat’s private room too', async () => {
      const { number, id } = await ana.declares({ private: true });
      const room = await until('the private room', async () => {
        const [found] = await app.database.query<{ room: string }>('select room from mirror where incident_id = $1 and room is not null', [
          id,
        ]);
        return found?.room;
      });
      await fake.says('zoe', await fake.room(app, (await app.anIncident()).number), 'hello');
      await fake.heard(app);
      const team = await aTeam('On duty', 'zoe');

      await ana.does(number, 'add-team', { team });

      await until('she is invited', () => fake.chat.world.room(room).members.has('zoe'));
      await until(
        'it is said there',
        () =>
          fake.chat.world.room(room).messages.length > 0 &&
          JSON.stringify([...fake.chat.world.room(room).messages]).includes('On duty was added by Ana: zoe'),
      );
    });
  });
});
