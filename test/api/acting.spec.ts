import { randomUUID } from 'node:crypto';
import { type IncidentView } from '#libs/war-room-protocol/views';
import { TOKEN, useApp } from '#test/support/app';

describe('Acting in a room over the API', () => {
  const app = useApp();

  it.each([
    ['message', { text: 'I see it too' }, 'message.posted', { text: 'I see it too' }],
    [
      'severity',
      { to: 'SEV1', reason: 'all customers' },
      'incident.severity-changed',
      { from: 'SEV3', to: 'SEV1', reason: 'all customers' },
    ],
    ['status', { to: 'fixing' }, 'incident.status-changed', { from: 'investigating', to: 'fixing' }],
    ['lead', { to: 'me' }, 'incident.role-changed', { role: 'lead', from: null, to: { name: 'Admin' } }],
    ['resolve', { learned: 'We alert on pool saturation' }, 'incident.resolved', { learned: 'We alert on pool saturation' }],
    ['command', { text: '/severity sev2 a key flow' }, 'incident.severity-changed', { from: 'SEV3', to: 'SEV2', reason: 'a key flow' }],
  ] as const)('does "%s" once, however often and at how many moments it is sent', async (type, body, event, data) => {
    const { number } = await app.anIncident();
    const id = randomUUID();

    const answers = await Promise.all(Array.from({ length: 10 }, () => app.does(number, type, body, id)));
    answers.push(await app.does(number, type, body, id));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const done = (await app.events(number)).filter((one) => one.id === id);
    expect(done).toMatchObject([
      { type: event, data, by: { name: 'Admin' }, via: { id: 'api' }, seq: (answers[0]?.body as unknown as { seq: number }).seq },
    ]);
  });

  it('answers without a number when there was nothing to change', async () => {
    const { number } = await app.anIncident();

    expect((await app.does(number, 'severity', { to: 'SEV3' })).body).toEqual({ seq: null });
    expect((await app.does(number, 'command', { text: '/status investigating' })).body).toEqual({
      seq: null,
      say: 'Nothing to change. The status is investigating.',
    });
    expect(await app.events(number)).toHaveLength(1);
  });

  it.each([
    ['another text', 'message', { text: 'B' }],
    ['a command', 'severity', { to: 'SEV1' }],
    ['a line', 'command', { text: '/severity sev1' }],
    ['a resolution', 'resolve', { learned: 'B' }],
  ] as const)('refuses an id that was a message’s for %s', async (_, type, body) => {
    const { number } = await app.anIncident();
    const id = await app.says(number, 'A');

    expect((await app.does(number, type, body, id)).status).toBe(409);

    expect((await app.events(number)).map(({ type: kind }) => kind)).toEqual(['incident.declared', 'message.posted']);
  });

  it.each([
    ['another severity', 'severity', { to: 'SEV2' }],
    ['a message', 'message', { text: 'A' }],
    ['another change', 'status', { to: 'fixing' }],
  ] as const)('refuses an id that was a change of severity for %s', async (_, type, body) => {
    const { number } = await app.anIncident();
    const id = randomUUID();
    await app.does(number, 'severity', { to: 'SEV1' }, id);

    expect((await app.does(number, type, body, id)).status).toBe(409);

    expect(await app.events(number)).toHaveLength(2);
  });

  it('refuses a message id that another room has', async () => {
    const [a, b] = [await app.anIncident(), await app.anIncident()];
    const id = await app.says(a.number, 'A');

    const { status, body } = await app.does(b.number, 'message', { text: 'A' }, id);

    expect(status).toBe(409);
    expect((body as { detail: string }).detail).toContain('with a new id');
    expect(await app.texts(b.number)).toEqual([]);
  });

  it('lets one of two people who change it at once be first, and tells both truly', async () => {
    const { number } = await app.anIncident();

    const answers = await Promise.all(['SEV1', 'SEV2', 'SEV1', 'SEV2', 'SEV1'].map((to) => app.does(number, 'severity', { to })));

    const changes = await app.events(number, 'incident.severity-changed');
    expect(answers.flatMap(({ body }) => (body as { seq: number | null }).seq ?? []).sort()).toEqual(changes.map(({ seq }) => seq));
    const path = changes.map((event) => (event.type === 'incident.severity-changed' ? event.data : null));
    for (const [n, change] of path.entries()) expect(change?.from).toBe(n === 0 ? 'SEV3' : path[n - 1]?.to);
    expect(((await app.api('GET', `/api/v1/incidents/${number}`)).body as IncidentView).severity).toBe(path.at(-1)?.to);
  });

  it('asks for the sentence when somebody sets the status to resolved, and takes a resolved one back', async () => {
    const { number } = await app.anIncident();

    const without = await app.does(number, 'status', { to: 'resolved' });
    expect(without.status).toBe(400);
    expect((without.body as { detail: string }).detail).toContain('what will not happen again?');
    await app.does(number, 'resolve', { learned: 'We alert now' });
    expect((await app.does(number, 'resolve', { learned: 'Again' })).status).toBe(409);
    await app.does(number, 'status', { to: 'monitoring' });

    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({
      status: 'monitoring',
      endedAt: null,
      learned: null,
    });
  });

  it('hands the lead to somebody by id, and takes it from everybody', async () => {
    const { number, declaredBy } = await app.anIncident();

    await app.does(number, 'lead', { to: declaredBy?.id });
    await app.does(number, 'lead', { to: null });

    expect((await app.events(number, 'incident.role-changed')).map((event) => event.data)).toMatchObject([
      { to: { name: 'Admin' } },
      { from: { name: 'Admin' }, to: null },
    ]);
    for (const nobody of [randomUUID(), 'Mia', '']) expect((await app.does(number, 'lead', { to: nobody })).status).toBe(400);
  });

  it('takes many changes of the lead at once without running out of anything', async () => {
    const incidents = await Promise.all(Array.from({ length: 30 }, () => app.anIncident()));

    const answers = await Promise.all(incidents.map(({ number, declaredBy }) => app.does(number, 'lead', { to: declaredBy?.id })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('asks who is there', async () => {
    const { number } = await app.anIncident();
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/events'],
      ['GET', '/stream'],
      ['GET', '/snapshot'],
      ['POST', '/commands'],
    ] as const) {
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${TOKEN}` }, { cookie: 'muster=wrong' }]) {
        const response = await fetch(new URL(`/api/v1/incidents/${number}${path}`, app.url), {
          method,
          headers: headers as Record<string, string>,
        });
        expect(response.status).toBe(401);
        expect(((await response.json()) as { detail: string }).detail).toContain('npm run sign-in');
      }
    }
  });
});
