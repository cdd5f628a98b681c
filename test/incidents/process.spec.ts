import type { IncidentView } from '#libs/war-room-protocol/views';
import { Statuses } from '#src/incidents/statuses.service';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('The way of an incident', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;
  let cy: SomePerson;
  let admin: SomePerson;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana');
    cy = await SomePerson.of(app, 'Cy', 'member');
    admin = await SomePerson.of(app, 'Ada', 'admin');
  });

  const view = async (number: string): Promise<IncidentView> => (await app.api('GET', `/api/v1/incidents/${number}`)).body;

  it('can be told anew: a better title and what is known, by anybody, in every view', async () => {
    const { number } = await ana.declares();

    await cy.does(number, 'rename', { title: 'Payments time out' });
    await cy.does(number, 'command', { text: '/summary It began with the 03:05 deploy.' });

    expect(await view(number)).toMatchObject({ title: 'Payments time out', summary: 'It began with the 03:05 deploy.' });
    expect((await app.events(number)).slice(1).map(({ type, data }) => [type, data])).toEqual(
      expect.arrayContaining([
        ['incident.renamed', { from: 'Checkout is failing', to: 'Payments time out' }],
        ['incident.summary-changed', expect.objectContaining({ from: null, to: 'It began with the 03:05 deploy.' })],
      ]),
    );
    expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('Renamed by Cy: Payments time out');
  });

  it('goes on when it is reopened, and what was thought to be learned is not said of it any more', async () => {
    const { number } = await ana.declares();
    await ana.does(number, 'resolve', { learned: 'Deploys wait.' });

    expect(await view(number)).toMatchObject({ status: 'resolved', category: 'post_incident', learned: 'Deploys wait.' });
    expect((await cy.does(number, 'reopen', {})).status).toBe(200);

    expect(await view(number)).toMatchObject({ status: 'investigating', category: 'active', learned: null, endedAt: null });
    expect((await app.events(number, 'incident.resolved')).map(({ data }) => data)).toMatchObject([{ learned: 'Deploys wait.' }]);
  });

  it.each<[string, (number: string) => Promise<unknown>]>([
    ['resolved', (number) => ana.does(number, 'resolve', { learned: 'Deploys wait.' })],
    ['declined', (number) => ana.does(number, 'decline', { reason: 'A planned test.' })],
    ['merged', async (number) => ana.does(number, 'merge', { into: (await ana.declares()).number })],
    ['canceled', (number) => ana.does(number, 'status', { to: 'canceled' })],
  ])('has a time at which it ended when it is %s, and none when it goes on', async (how, end) => {
    const { id, number } = await ana.declares({ triage: how === 'declined' });
    expect(await view(number)).toMatchObject({ endedAt: null });

    await end(number);

    const last = (await app.events(number)).at(-1);
    expect(Math.abs(Date.parse((await view(number)).endedAt ?? '') - Date.parse(last?.at ?? ''))).toBeLessThan(5_000);
    await app.database.query(
      `update incident set declared_at = declared_at - interval '3 hours', ended_at = ended_at - interval '2 hours' where id = $1`,
      [id],
    );
    expect((await ana.api('GET', `/i/${number}.txt`)).body).toMatch(/took (59 min|1 h 0 min|1 h)\b/);
    await ana.does(number, 'reopen', {});
    expect(await view(number)).toMatchObject({ endedAt: null });
  });

  it('ended when it was resolved, also when it is documented and closed later', async () => {
    const { number } = await ana.declares();
    await ana.does(number, 'resolve', { learned: 'Deploys wait.' });
    const { endedAt } = await view(number);

    for (const to of ['documenting', 'closed']) await ana.does(number, 'status', { to });

    expect(await view(number)).toMatchObject({ status: 'closed', endedAt });
  });

  it('is documented, reviewed and closed after it was resolved, and not before', async () => {
    const { number } = await ana.declares();

    expect(await ana.does(number, 'status', { to: 'closed' })).toMatchObject({
      status: 409,
      body: { detail: 'An incident that is investigating cannot become closed. Resolve it first.' },
    });
    await ana.does(number, 'resolve', { learned: 'Deploys wait.' });
    for (const to of ['documenting', 'reviewing', 'closed']) expect((await ana.does(number, 'status', { to })).status).toBe(200);

    expect(await view(number)).toMatchObject({ status: 'closed', learned: 'Deploys wait.' });
  });

  it('waits in triage until a responder accepts it', async () => {
    const { number } = await cy.declares({ triage: true, kind: 'near_miss' });

    expect(await view(number)).toMatchObject({ status: 'triage', category: 'triage', kind: 'near_miss' });
    expect((await cy.does(number, 'accept', {})).status).toBe(403);
    expect((await cy.does(number, 'status', { to: 'fixing' })).status).toBe(403);
    await ana.does(number, 'accept', {});

    expect(await view(number)).toMatchObject({ status: 'investigating', category: 'active' });
  });

  it('is declined with a reason that everybody can read', async () => {
    const { number } = await cy.declares({ triage: true });

    expect((await ana.does(number, 'command', { text: '/decline' })).status).toBe(400);
    await ana.does(number, 'decline', { reason: 'A planned test.' });

    expect(await view(number)).toMatchObject({ category: 'declined', declined: 'A planned test.' });
    expect((await cy.api('GET', `/lite/i/${number}`)).body).toContain('Declined by Ana: A planned test.');
    expect(JSON.stringify((await cy.api('GET', '/api/v1/incidents')).body)).not.toContain(`"${number}"`);
  });

  it('goes on after it was declined or merged when a responder says so, and not when a member does', async () => {
    const [kept, declined, merged] = [await ana.declares(), await cy.declares({ triage: true }), await cy.declares()];
    await ana.does(declined.number, 'decline', { reason: 'A planned test.' });
    await ana.does(merged.number, 'merge', { into: kept.number });

    for (const { number } of [declined, merged]) {
      const refused = await cy.does(number, 'reopen', {});
      expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('Ask a responder') as string } });
      for (const [type, body] of [
        ['status', { to: 'fixing' }],
        ['update', { status: 'fixing' }],
        ['command', { text: '/reopen' }],
      ] as const)
        expect((await cy.does(number, type, body)).status).toBe(403);
      expect((await cy.api('GET', `/lite/i/${number}`)).body).not.toContain('<button>Reopen</button>');
    }

    for (const { number } of [declined, merged]) {
      expect((await ana.does(number, 'reopen', {})).status).toBe(200);
      expect(await view(number)).toMatchObject({ category: 'active' });
    }
  });

  it('is merged into another: both say so, its log stays readable, and its room says where to go', async () => {
    const [kept, same] = [await ana.declares(), await cy.declares()];
    await cy.does(same.number, 'message', { text: 'Seen here first' });

    const id = '0b3cbb7c-6b4f-4f0e-9d39-6f1f4f7f0a02';
    const answers = [
      await ana.does(same.number, 'merge', { into: kept.number }, id),
      await ana.does(same.number, 'merge', { into: kept.number }, id),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await view(same.number)).toMatchObject({ category: 'merged', mergedInto: kept.number });
    expect((await app.events(kept.number, 'incident.merged-in')).map(({ data }) => data)).toEqual([
      { incident: { id: same.id, reference: same.number } },
    ]);
    expect(await app.texts(same.number)).toEqual(['Seen here first']);
    expect((await cy.api('GET', `/lite/i/${same.number}`)).body).toContain(`Merged into <a href="/lite/i/${kept.number}">`);
  });

  it('is not merged into itself, into one that nobody sees, or into one that others see', async () => {
    const [one, hidden, own] = [await ana.declares(), await admin.declares({ private: true }), await ana.declares({ private: true })];

    const refused = [
      await ana.does(one.number, 'merge', { into: one.number }),
      await ana.does(one.number, 'merge', { into: hidden.number }),
      await ana.does(one.number, 'merge', { into: own.number }),
      await cy.does(one.number, 'merge', { into: one.number }),
    ];

    expect(refused.map(({ status }) => status)).toEqual([409, 404, 409, 403]);
    expect(await app.events(one.number)).toHaveLength(1);
  });

  it('is merged privately only where the same people take part in both, whoever of them would learn of the other', async () => {
    const [fewer, more] = [await ana.declares({ private: true }), await ana.declares({ private: true })];
    await ana.does(more.number, 'add', { person: cy.id });

    for (const [one, into] of [
      [more, fewer],
      [fewer, more],
    ] as const)
      expect(await ana.does(one.number, 'merge', { into: into.number })).toMatchObject({
        status: 409,
        body: { detail: 'Not the same people take part in both. Bring them together first.' },
      });
    await ana.does(fewer.number, 'add', { person: cy.id });

    expect((await ana.does(more.number, 'merge', { into: fewer.number })).status).toBe(200);
  });

  it('can stand at a status of the organisation’s own, which an admin adds and removes', async () => {
    const { number } = await ana.declares();

    expect((await ana.api('POST', '/api/v1/statuses', { name: 'rolling-back', category: 'active' })).status).toBe(403);
    expect((await admin.api('POST', '/api/v1/statuses', { name: 'rolling-back', category: 'active' })).status).toBe(201);
    expect((await ana.does(number, 'status', { to: 'rolling-back' })).status).toBe(200);
    expect((await ana.api('GET', `/lite/i/${number}`)).body).toContain('<option value="rolling-back" selected');
    expect(await admin.api('DELETE', '/api/v1/statuses/rolling-back')).toMatchObject({ status: 409 });
    await ana.does(number, 'status', { to: 'fixing' });
    expect((await admin.api('DELETE', '/api/v1/statuses/rolling-back')).status).toBe(204);
    expect((await ana.does(number, 'status', { to: 'rolling-back' })).status).toBe(400);

    const logged = await app.database.query(
      `select e.type, e.data, e.actor ->> 'name' as by from event e join organisation o on o.stream_id = e.stream_id where e.type like 'status.%' order by e.seq`,
    );
    expect(logged).toMatchObject([
      { type: 'status.added', by: 'Ada', data: { before: null, after: { name: 'rolling-back', category: 'active' } } },
      { type: 'status.removed', by: 'Ada', data: { before: { name: 'rolling-back' }, after: null } },
    ]);
  });

  it('refuses to start on a table that would leave an incident stuck, and says which line', async () => {
    await app.database.query(`delete from category_move where to_category = 'closed'`);

    await expect(app.get(Statuses).checkAtStart()).rejects.toThrow(
      'The table of statuses cannot be used: "closed" cannot be reached: no move leads to the category "closed".',
    );

    await app.database.query(`insert into category_move (from_category, to_category) values ('post_incident', 'closed')`);
  });
});
