import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { RoleView } from '#libs/war-room-protocol/views';
import { Sessions } from '#src/people/sessions';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('Roles in an incident', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;
  let ben: SomePerson;
  let cy: SomePerson;
  let admin: SomePerson;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben', 'member');
    cy = await SomePerson.of(app, 'Cy', 'member');
    admin = await SomePerson.of(app, 'Ada', 'admin');
  });

  const snapshot = async (number: string, one = ana): Promise<{ roles: RoleView[]; people: { name: string }[]; incident: object }> =>
    (await one.api('GET', `/api/v1/incidents/${number}/snapshot`)).body;
  const held = async (number: string): Promise<Record<string, string>> =>
    Object.fromEntries((await snapshot(number)).roles.flatMap(({ key, holder }) => (holder ? [[key, holder.name]] : [])));
  const changes = async (number: string): Promise<object[]> =>
    (await app.events(number, 'incident.role-changed')).map(({ data, by }) => ({ by: by?.name, ...data }));

  it('are the lead, communications, operations and a scribe to begin with, held by nobody', async () => {
    const { number } = await ana.declares();

    expect((await snapshot(number)).roles.map(({ name, holder }) => [name, holder])).toEqual([
      ['Lead', null],
      ['Communications', null],
      ['Operations', null],
      ['Scribe', null],
    ]);
  });

  it('are taken, handed on and given back, each as one event with who had it and who has it', async () => {
    const { number } = await ana.declares();

    await ben.does(number, 'role', { role: 'comms', to: 'me' });
    await ben.does(number, 'role', { role: 'comms', to: cy.id });
    await cy.does(number, 'role', { role: 'comms', to: null });

    const comms = { role: 'comms', name: 'Communications' };
    expect(await changes(number)).toMatchObject([
      { by: 'Ben', ...comms, from: null, to: { name: 'Ben' } },
      { by: 'Ben', ...comms, from: { name: 'Ben' }, to: { name: 'Cy' } },
      { by: 'Cy', ...comms, from: { name: 'Cy' }, to: null },
    ]);
    expect(await held(number)).toEqual({});
    expect((await snapshot(number)).people.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cy']);
  });

  it('are given to nobody who only practises, and in a drill to nobody from outside it', async () => {
    const { number } = await ana.declares();
    const guest = await app.get(Sessions).openForPractice('You');
    const drill = await app.anIncident({ title: 'A drill' });
    await app.database.query(`update incident set kind = 'drill', practice_instance = 'practice-1' where id = $1`, [drill.id]);
    await app.database.query(`insert into practice (id, owner, instance) values ($1, $2, 'practice-1')`, [uuidv7(), guest.person.id]);
    const asGuest = (type: string, body: object) =>
      app.api(
        'POST',
        `/api/v1/incidents/${drill.number}/commands`,
        { id: uuidv7(), type, body },
        { authorization: '', cookie: `muster=${guest.session}`, 'sec-fetch-site': 'same-origin' },
      );

    for (const refused of [
      await ana.does(number, 'lead', { to: guest.person.id }),
      await ana.does(number, 'role', { role: 'comms', to: guest.person.id }),
      await asGuest('lead', { to: ben.id }),
      await asGuest('role', { role: 'comms', to: ben.id }),
    ]) {
      expect(refused).toMatchObject({ status: 400, body: { title: 'Person unknown' } });
      expect(JSON.stringify(refused.body)).not.toContain('Ben');
    }

    expect((await asGuest('lead', { to: 'me' })).status).toBe(200);
    expect(await changes(number)).toEqual([]);
  });

  it('have the lead among them, by whichever word it is taken', async () => {
    const { number } = await ana.declares();

    await ben.does(number, 'lead', { to: 'me' });
    expect(await snapshot(number)).toMatchObject({
      incident: { lead: { name: 'Ben' } },
      roles: [{ key: 'lead', holder: { name: 'Ben' } }, {}, {}, {}],
    });
    await ben.does(number, 'role', { role: 'lead', to: null });

    expect(await held(number)).toEqual({});
    expect((await snapshot(number)).incident).toMatchObject({ lead: null });
  });

  it('tell whoever takes one what it asks of them, and nobody else', async () => {
    const { number } = await ana.declares();

    expect((await ben.does(number, 'role', { role: 'scribe', to: 'me' })).body).toMatchObject({
      say: expect.stringMatching(/^You have the role Scribe now\. Keep the timeline\./) as string,
    });
    expect((await ana.does(number, 'role', { role: 'ops', to: ben.id })).body).not.toHaveProperty('say');
    expect((await cy.does(number, 'command', { text: '/role comms me' })).body).toMatchObject({
      say: expect.stringContaining('Tell those who are not in this room.') as string,
    });
  });

  it('are given to others by a responder, the lead or whoever has them, and by no other member', async () => {
    const { number } = await ana.declares();
    const ask = { role: 'ops', to: cy.id };

    expect(await ben.does(number, 'role', ask)).toMatchObject({
      status: 403,
      body: { detail: 'You may not give roles to others. Ask a responder, or whoever leads the incident.' },
    });
    await ben.does(number, 'role', { role: 'ops', to: 'me' });
    expect((await ben.does(number, 'role', ask)).status).toBe(200);
    expect((await ana.does(number, 'role', { role: 'ops', to: ben.id })).status).toBe(200);
    await cy.does(number, 'lead', { to: 'me' });
    expect((await cy.does(number, 'role', { role: 'ops', to: null })).status).toBe(200);
  });

  it('are said in the words of the chats, by name or key, to anybody in the organisation', async () => {
    const { number } = await ana.declares();
    const say = async (text: string): Promise<string> => ((await ana.does(number, 'command', { text })).body as { say: string }).say;

    expect(await say('/incident role comms @Ben')).toBe('Ben has the role Communications now.');
    expect(await say('/role Operations cy')).toBe('Cy has the role Operations now.');
    expect(await say('/role comms')).toMatch(/^Communications: Ben\. Tell those/);
    expect(await say('/roles')).toMatch(/Lead nobody yet .*Communications Ben .*Operations Cy/s);
    expect(await say('/role comms nobody')).toBe('Nobody has the role Communications now.');
  });

  it.each([
    ['/role juggler me', 'There is no role "juggler" to give. Choose lead, comms, ops, scribe'],
    [
      '/role ops Zoe',
      'Nobody here is called "Zoe". Write "me", or the whole name as Muster shows it. Somebody who is not in Muster yet is invited',
    ],
  ])('are not guessed: %s', async (text, why) => {
    const { number } = await ana.declares();

    expect(await ana.does(number, 'command', { text })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(why) as string },
    });
  });

  it('are changed once for each request, however often it is sent', async () => {
    const { number } = await ana.declares();
    const id = randomUUID();
    const ask = { role: 'ops', to: 'me' };

    const answers = await Promise.all([1, 2, 3].map(() => ben.does(number, 'role', ask, id)));

    expect(new Set(answers.map(({ body }) => (body as { seq: number }).seq)).size).toBe(1);
    expect(await changes(number)).toHaveLength(1);
    expect((await ben.does(number, 'role', { role: 'comms', to: 'me' }, id)).status).toBe(409);
  });

  it('bring nobody into a private incident that the giver may not let in', async () => {
    const { number } = await ben.declares({ private: true });
    await ben.does(number, 'role', { role: 'ops', to: 'me' });

    expect((await ben.does(number, 'role', { role: 'ops', to: cy.id })).status).toBe(403);
    expect((await cy.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
    await ben.does(number, 'lead', { to: 'me' });
    expect((await ben.does(number, 'role', { role: 'ops', to: cy.id })).status).toBe(200);
    expect((await cy.api('GET', `/api/v1/incidents/${number}`)).status).toBe(200);
  });

  it('are offered in the plain room to those only whom one may give them to', async () => {
    const { number } = await ana.declares();
    await ben.does(number, 'join', {});
    const offered = async (one: SomePerson): Promise<string[]> => {
      const page = (await one.api('GET', `/lite/i/${number}`)).body as string;
      const [, select = ''] = /<select id="role-comms"[^>]*>(.*?)<\/select>/.exec(page) ?? [];
      return [...select.matchAll(/>([^<]+)<\/option>/g)].map(([, name = '']) => name);
    };

    expect(await offered(ana)).toEqual(['Ana (you)', 'Ben', 'Nobody']);
    expect(await offered(ben)).toEqual(['Ben (you)', 'Nobody']);
    await ana.does(number, 'role', { role: 'comms', to: 'me' });
    expect(await offered(ben)).toEqual(['Ben (you)', 'Ana']);
    await ana.does(number, 'role', { role: 'comms', to: ben.id });
    expect(await offered(ben)).toEqual(['Ben (you)', 'Ana', 'Nobody']);
  });

  it('keep the meaning of what was written of the lead before there were others', async () => {
    const { number } = await ana.declares();
    await ben.does(number, 'lead', { to: 'me' });
    await app.database.query(
      `update event set type = 'incident.lead-changed', data = data - 'role' - 'name'
        where type = 'incident.role-changed' and stream_id = (select id from incident where reference = $1)`,
      [number],
    );

    expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('Ben took the lead');
    expect((await app.events(number)).at(-1)).toMatchObject({ type: 'incident.lead-changed', data: { from: null, to: { name: 'Ben' } } });
  });

  describe('of the organisation', () => {
    const legal = { key: 'legal', name: 'Legal', instructions: 'Say what has to be reported, and by when.' };

    it('are added, renamed, told otherwise and retired by admins, and what they were before is kept', async () => {
      expect((await ana.api('POST', '/api/v1/roles', legal)).status).toBe(403);
      expect(await admin.api('POST', '/api/v1/roles', legal)).toMatchObject({ status: 201, body: { ...legal, retired: false } });
      expect((await admin.api('POST', '/api/v1/roles', legal)).status).toBe(400);
      const { number } = await ana.declares();
      await ben.does(number, 'role', { role: 'legal', to: 'me' });

      expect((await admin.api('PATCH', '/api/v1/roles/legal', { name: 'Counsel', retired: true })).status).toBe(200);

      expect(await held(number)).toEqual({ legal: 'Ben' });
      expect((await ana.does(number, 'role', { role: 'legal', to: cy.id })).status).toBe(400);
      expect((await ben.does(number, 'role', { role: 'legal', to: null })).status).toBe(200);
      expect((await snapshot(number)).roles.map(({ key }) => key)).not.toContain('legal');
      const { changes: audited } = (await admin.api('GET', '/api/v1/audit')).body as { changes: object[] };
      expect(audited.slice(-2)).toMatchObject([
        { type: 'role.added', what: 'legal', by: { name: 'Ada' }, before: null, after: legal },
        { type: 'role.changed', what: 'legal', before: { name: 'Legal', retired: false }, after: { name: 'Counsel', retired: true } },
      ]);
    });

    it('always have a lead among them', async () => {
      expect(await admin.api('PATCH', '/api/v1/roles/lead', { retired: true })).toMatchObject({ status: 400 });
      expect((await admin.api('PATCH', '/api/v1/roles/lead', { name: 'Commander' })).status).toBe(200);
      const { number } = await ana.declares();
      await ben.does(number, 'lead', { to: 'me' });

      expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('Ben took the role Commander');
      await admin.api('PATCH', '/api/v1/roles/lead', { name: 'Lead' });
    });

    it.each(['Two words', 'x', 'me', ''])('are written as one small word, which "%s" is not', async (key) => {
      expect((await admin.api('POST', '/api/v1/roles', { ...legal, key })).status).toBe(400);
    });

    it('are looked after on a page as well', async () => {
      const form = (path: string, fields: Record<string, string>): Promise<Response> =>
        fetch(new URL(path, app.url), {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams(fields),
        });

      expect((await form('/settings/roles', { key: 'liaison', name: 'Liaison', instructions: 'Speak with <them>.' })).status).toBe(303);
      expect((await form('/settings/roles/ops', { name: 'Hands', instructions: 'Do it.', retired: 'on' })).status).toBe(303);

      expect((await admin.api('GET', '/settings/roles')).body).toContain('Speak with &lt;them&gt;.');
      expect((await ana.api('GET', '/api/v1/roles')).body).toMatchObject({
        roles: expect.arrayContaining([
          expect.objectContaining({ key: 'ops', name: 'Hands', instructions: 'Do it.', retired: true }),
        ]) as object[],
      });
      const refused = await form('/settings/roles', { key: 'Two words', name: 'Kept', instructions: 'Kept too.' });
      expect([refused.status, await refused.text()]).toEqual([
        400,
        expect.stringMatching(/People write a role as one word[^]*value="Two words"[^]*value="Kept"[^]*Kept too\./),
      ]);
      expect((await ana.api('GET', '/settings/roles')).status).toBe(403);
    });
  });
});
