import type { Addable, Participant } from '#libs/war-room-protocol/views';
import { Watching } from '#test/api/read-stream';
import { useApp } from '#test/support/app';
import { FakeChat } from '#test/rooms/fake-chat';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';

describe('Taking part in an incident', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let ben: SomePerson;
  let cy: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben', 'member');
    cy = await SomePerson.of(app, 'Cy', 'member');
  });

  const people = async (number: string): Promise<string[]> => {
    const { people: all } = (await ana.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: Participant[] };
    return all.map(({ name, observer }) => (observer ? `${name} watches` : name));
  };
  const told = async (number: string): Promise<string> => (await ana.api('GET', `/i/${number}.txt`)).body;

  it('suggests whom a begun name may mean, and which team, without who takes part already', async () => {
    const { number } = await ana.declares();
    await SomePerson.of(app, 'Omar Haddad');
    const { id } = (await ana.api('POST', '/api/v1/teams', { name: 'Order handling' })).body as { id: string };
    await ana.api('POST', '/api/v1/teams', { name: 'Orders, empty' });
    await ana.api('POST', `/api/v1/teams/${id}/members`, { person: 'Ben' });
    const named = async (begun: string, by = ana): Promise<Addable> =>
      (await by.api('GET', `/api/v1/incidents/${number}/addable?${new URLSearchParams({ named: begun }).toString()}`)).body;

    expect(await named('or')).toEqual({ people: [], teams: [{ id, name: 'Order handling', members: 1 }] });
    expect((await named('@HAD')).people).toEqual([{ id: expect.any(String) as string, name: 'Omar Haddad' }]);
    expect((await named('mar')).people).toEqual([]);
    expect((await named('%')).people).toEqual([]);
    expect((await named('ana')).people).toEqual([]);
    await ana.does(number, 'add', { person: 'Omar Haddad' });
    expect((await named('omar')).people).toEqual([]);
  });

  it('says whom a name may mean that is not whole, and what to do for somebody who is not there', async () => {
    const { number } = await ana.declares();
    const why = async (person: string): Promise<string> => ((await ana.does(number, 'add', { person })).body as { detail: string }).detail;
    await SomePerson.of(app, 'Omri Levi');

    expect(await why('Omr')).toBe('Nobody here is called "Omr". Did you mean Omri Levi? Write the whole name.');
    expect(await why('Quentin')).toMatch(/is invited first: "Invite somebody" in the list of incidents makes a link for them\.$/);
  });

  it('begins with declaring, with speaking and with saying so, to act or to watch', async () => {
    const { number } = await ana.declares();

    await ben.does(number, 'message', { text: 'I look' });
    await cy.does(number, 'join', { observer: true });
    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy watches']);

    await cy.does(number, 'join', {});
    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy']);
    expect((await cy.does(number, 'join', {})).body).toEqual({ seq: null });
    expect(await told(number)).toMatch(/Cy watches.*Cy joined/s);
  });

  it('makes of whoever takes a role somebody who acts', async () => {
    const { number } = await ana.declares();
    await cy.does(number, 'join', { observer: true });

    await cy.does(number, 'role', { role: 'ops', to: 'me' });
    await cy.does(number, 'join', { observer: true });

    expect(await people(number)).toEqual(['Ana', 'Cy']);
  });

  it('ends with leaving, which gives one’s roles back first', async () => {
    const { number } = await ana.declares();
    await ben.does(number, 'lead', { to: 'me' });
    await ben.does(number, 'role', { role: 'ops', to: 'me' });

    await ben.does(number, 'leave', {});

    expect(await people(number)).toEqual(['Ana']);
    expect((await app.events(number)).slice(-3).map(({ type, data }) => [type, (data as { role?: string }).role])).toEqual([
      ['incident.role-changed', 'lead'],
      ['incident.role-changed', 'ops'],
      ['participant.left', undefined],
    ]);
    expect((await ana.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ lead: null });
    await ben.does(number, 'message', { text: 'One more thing' });
    expect(await people(number)).toEqual(['Ana', 'Ben']);
  });

  it('lets others in and out by a responder or the lead only, by name or id', async () => {
    const { number } = await ana.declares();

    expect(await ben.does(number, 'add', { person: 'Cy' })).toMatchObject({
      status: 403,
      body: { detail: 'You may not let others in or out. Ask a responder, or whoever leads the incident.' },
    });
    expect((await ana.does(number, 'add', { person: '@cy' })).status).toBe(200);
    expect((await ana.does(number, 'remove', { person: cy.id })).status).toBe(200);
    await ben.does(number, 'lead', { to: 'me' });
    expect((await ben.does(number, 'add', { person: cy.id, observer: true })).status).toBe(200);

    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy watches']);
    expect(await told(number)).toMatch(/Cy was added by Ana.*Cy was sent out by Ana.*Cy was added by Ben, to watch/s);
    expect((await ana.does(number, 'add', { person: 'Nora' })).status).toBe(400);
  });

  it('says so when several have the name, and how to tell them apart', async () => {
    const { number } = await ana.declares();
    const [one, other] = [await SomePerson.of(app, 'Sam', 'member'), await SomePerson.of(app, 'Sam', 'member')];

    const { status, body } = await ana.does(number, 'add', { person: 'Sam' });
    expect(status).toBe(400);
    expect((body as { detail: string }).detail).toMatch(/^2 people are called "Sam": .*Write the id of the one you mean/);
    expect((body as { detail: string }).detail).toContain(one.id);

    expect((await ana.does(number, 'add', { person: other.id })).status).toBe(200);
    expect((await ana.does(number, 'remove', { person: 'Sam' })).status).toBe(200);
  });

  it('has the same words as the chats', async () => {
    const { number } = await ana.declares();
    const say = async (one: SomePerson, text: string): Promise<string> =>
      ((await one.does(number, 'command', { text })).body as { say: string }).say;

    expect(await say(ben, '/incident join')).toBe('You take part now.');
    expect(await say(ana, '/add @Cy observer')).toBe('Cy takes part now.');
    expect(await people(number)).toEqual(['Ana', 'Ben', 'Cy watches']);
    expect(await say(ana, '/remove Cy')).toBe('Cy takes no part any more.');
    expect(await say(ben, '/leave')).toBe('You take no part any more.');
    expect(await people(number)).toEqual(['Ana']);
  });

  describe('when it is private', () => {
    it('is what lets somebody see it, and being sent out ends that, streams too', async () => {
      const { number } = await ana.declares({ private: true });
      expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);

      await ana.does(number, 'add', { person: 'Ben' });
      expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
      const watching = await Watching.open(app, number, { after: 0 }, ben.cookie);
      await watching.reached(2);

      await ana.does(number, 'remove', { person: 'Ben' });
      await ana.does(number, 'message', { text: 'Now between us' });

      await until('the stream ends', () => watching.ended);
      expect(watching.events.map(({ type }) => type).filter((type) => !type.startsWith('mirror.'))).toEqual([
        'incident.declared',
        'participant.joined',
      ]);
      expect((await ben.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
      expect((await ben.does(number, 'message', { text: 'Let me back in' })).status).toBe(404);
      expect((await ben.does(number, 'join', {})).status).toBe(404);
    });

    it('is the same in the chat’s private room, where whoever was sent out does not come back by speaking', async () => {
      const { number, id } = await ana.declares({ private: true });
      const mirror = await until('the private room', async () => {
        const [found] = await app.database.query<{ room: string }>('select room from mirror where incident_id = $1 and room is not null', [
          id,
        ]);
        return found;
      });
      const open = await fake.room(app, (await app.anIncident()).number);
      await fake.says('zoe', open, 'hello');
      await fake.heard(app);
      const inRoom = (): boolean => fake.chat.world.room(mirror.room).members.has('zoe');

      await ana.does(number, 'add', { person: 'zoe' });
      await until('she is invited', inRoom);
      await ana.does(number, 'remove', { person: 'zoe' });
      await until('she is out', () => !inRoom());
      fake.chat.world.room(mirror.room).members.add('zoe');
      await fake.says('zoe', mirror.room, 'I am still here');
      await fake.heard(app);

      expect(await people(number)).toEqual(['Ana']);
      expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('I am still here');
    });

    it('is settled in the chat’s room before anything later is said there', async () => {
      const { number, id } = await ana.declares({ private: true });
      const room = await until('the private room', async () => {
        const [found] = await app.database.query<{ room: string }>('select room from mirror where incident_id = $1 and room is not null', [
          id,
        ]);
        return found?.room;
      });
      await fake.says('zed', await fake.room(app, (await app.anIncident()).number), 'hello');
      await fake.heard(app);
      const inRoom = (): boolean => fake.chat.world.room(room).members.has('zed');
      await ana.does(number, 'add', { person: 'zed' });
      await until('they are invited', inRoom);
      await fake.told(app);

      const { changeRoom } = fake.chat.api;
      const tried = new Promise<void>((resolve) => {
        fake.chat.api.changeRoom = () => {
          resolve();
          return Promise.resolve({ status: 503 });
        };
      });
      await ana.does(number, 'remove', { person: 'zed' });
      await ana.does(number, 'message', { text: 'Now between us' });
      await tried;
      await until('another attempt', async () => {
        const [{ attempts } = { attempts: 0 }] = await app.database.query<{ attempts: number }>(
          `select max(attempts) as attempts from delivery d join mirror m on m.id = d.mirror_id where m.incident_id = $1 and operation = 'members'`,
          [id],
        );
        return attempts >= 2;
      });
      expect(fake.said(room).join()).not.toContain('Now between us');

      fake.chat.api.changeRoom = changeRoom;
      await until('it is said', () => fake.said(room).join().includes('Now between us'));
      expect(inRoom()).toBe(false);
    });

    it('says whom the chat would not send out, and what to do, and brings in the others', async () => {
      const { number, id } = await ana.declares({ private: true });
      const room = await until('the private room', async () => {
        const [found] = await app.database.query<{ room: string }>('select room from mirror where incident_id = $1 and room is not null', [
          id,
        ]);
        return found?.room;
      });
      const open = await fake.room(app, (await app.anIncident()).number);
      for (const who of ['yan', 'xia', 'wim']) await fake.says(who, open, 'hello');
      await fake.heard(app);
      const has = (who: string): boolean => fake.chat.world.room(room).members.has(who);
      await ana.does(number, 'add', { person: 'yan' });
      await until('yan is invited', () => has('yan'));
      await fake.told(app);

      const { changeRoom } = fake.chat.api;
      fake.chat.api.changeRoom = (at, to, signal) =>
        [...(to.remove ?? []), ...(to.invite ?? [])].some((who) => who === 'yan' || who === 'xia')
          ? Promise.resolve({ status: 403 })
          : changeRoom.call(fake.chat.api, at, to, signal);
      await ana.does(number, 'remove', { person: 'yan' });
      await ana.does(number, 'add', { person: 'xia' });
      await ana.does(number, 'add', { person: 'wim' });

      await until('wim is invited', () => has('wim'));
      await until('it is said there', () => fake.said(room).join().includes('xia could not be added'));
      fake.chat.api.changeRoom = changeRoom;
      expect(fake.said(room).join()).toMatch(
        /yan could not be removed from \S+ in The fake and still reads there: remove them there by hand/,
      );
      expect(await told(number)).toMatch(/yan could not be removed.*xia could not be added/s);
      expect(await app.database.query(`select 1 from event where stream_id = $1 and type = 'mirror.stuck'`, [id])).toHaveLength(2);
      const aside = await app.database.query(
        `select 1 from quarantine q join delivery d on q.kind = 'delivery' and d.id::text = q.key ->> 0 where d.operation = 'members' and q.state = 'aside'`,
      );
      expect(aside).toHaveLength(2);
    });

    it('keeps somebody who sees it', async () => {
      const { number } = await ana.declares({ private: true });

      expect(await ana.does(number, 'leave', {})).toMatchObject({
        status: 409,
        body: { detail: `Nobody else sees ${number}. Add somebody first, or make it public.` },
      });
      expect(await people(number)).toEqual(['Ana']);
    });
  });

  it('is done in the plain room as well', async () => {
    const { number } = await ana.declares();
    const press = (fields: Record<string, string>): Promise<Response> =>
      fetch(new URL(`/lite/i/${number}`, app.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: ana.cookie, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      });

    await press({ do: 'add', text: 'Ben' });
    await press({ do: 'watch' });
    expect(await people(number)).toEqual(['Ana watches', 'Ben']);
    await press({ do: 'remove', text: ben.id });
    await press({ do: 'leave' });
    expect(await people(number)).toEqual([]);
    const refused = await press({ do: 'add', text: 'Nora' });

    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Nobody here is called &quot;Nora&quot;');
  });
});
