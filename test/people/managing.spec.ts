import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('Looking after people', () => {
  const app = useApp({ roles: ['web'] });
  let admin: SomePerson;
  let cy: SomePerson;

  beforeAll(async () => {
    admin = await SomePerson.of(app, 'Ada', 'admin');
    cy = await SomePerson.of(app, 'Cy', 'member');
  });

  it('gives somebody a role, which counts at once, and keeps who did it and what it was before', async () => {
    const { number } = await cy.declares({ triage: true });
    expect((await cy.does(number, 'accept', {})).status).toBe(403);

    expect(await admin.api('PATCH', `/api/v1/people/${cy.id}`, { role: 'responder' })).toMatchObject({
      status: 200,
      body: { id: cy.id, name: 'Cy', role: 'responder' },
    });

    expect((await cy.does(number, 'accept', {})).status).toBe(200);
    const { changes } = (await admin.api('GET', '/api/v1/audit')).body as { changes: object[] };
    expect(changes.at(-1)).toMatchObject({
      type: 'person.role-changed',
      by: { name: 'Ada' },
      via: { id: 'web' },
      what: 'Cy',
      before: { role: 'member' },
      after: { role: 'responder' },
    });
  });

  it('says nothing twice: the role that somebody has is no change', async () => {
    const howMany = async (): Promise<number> => ((await admin.api('GET', '/api/v1/audit')).body as { changes: object[] }).changes.length;
    await admin.api('PATCH', `/api/v1/people/${cy.id}`, { role: 'responder' });
    const before = await howMany();

    await admin.api('PATCH', `/api/v1/people/${cy.id}`, { role: 'responder' });

    expect(await howMany()).toBe(before);
  });

  it('is an admin’s, on every way', async () => {
    const ways = [
      ['GET', '/api/v1/people'],
      ['PATCH', `/api/v1/people/${cy.id}`, { role: 'admin' }],
      ['GET', '/settings/people'],
      ['GET', '/audit'],
      ['GET', '/api/v1/audit'],
      ['GET', '/api/v1/audit.csv'],
      ['GET', '/api/v1/audit.jsonl'],
    ] as const;

    const answers = await Promise.all(ways.map(async ([method, path, body]) => (await cy.api(method, path, body)).status));

    expect(answers).toEqual(ways.map(() => 403));
    expect((await admin.api('PATCH', '/api/v1/people/nobody', { role: 'admin' })).status).toBe(404);
  });

  it('never leaves the organisation without an admin', async () => {
    await app.database.query(`update person set role = 'responder' where role = 'admin' and id <> $1`, [admin.id]);

    expect(await admin.api('PATCH', `/api/v1/people/${admin.id}`, { role: 'member' })).toMatchObject({
      status: 409,
      body: { detail: 'Nobody else is an admin. Make somebody else one first.' },
    });
  });

  it('is read as a page, as CSV and as JSON Lines', async () => {
    await admin.api('PATCH', `/api/v1/people/${cy.id}`, { role: 'member' });

    const [people, page, csv, lines] = await Promise.all(
      ['/settings/people', '/audit', '/api/v1/audit.csv', '/api/v1/audit.jsonl'].map(async (path) => {
        const response = await fetch(new URL(path, app.url), { headers: { cookie: admin.cookie } });
        return response.text();
      }),
    );

    expect(people).toContain('Cy</label>');
    expect(page).toContain('role responder → role member');
    expect(csv?.split('\r\n')[0]).toBe('"seq","at","by","by_id","via","type","what","before","after"');
    expect(csv).toContain('"Ada"');
    expect(
      lines
        ?.trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toContain('person.role-changed');
  });
});
