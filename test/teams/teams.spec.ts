import type { TeamView } from '#libs/war-room-protocol/organisation';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('Looking after teams', () => {
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

  const make = async (name: string): Promise<TeamView> => (await ana.api('POST', '/api/v1/teams', { name })).body;
  const teams = async (): Promise<string[]> => {
    const { teams: all } = (await ben.api('GET', '/api/v1/teams')).body as { teams: TeamView[] };
    return all.map(
      ({ name, archived, members }) => `${name}${archived ? ' (archived)' : ''}: ${members.map((one) => one.name).join(', ')}`,
    );
  };
  const audited = async (): Promise<object[]> =>
    ((await admin.api('GET', '/api/v1/audit')).body as { changes: { type: string }[] }).changes.filter(({ type }) =>
      type.startsWith('team.'),
    );

  it('makes one, puts people into it by name or id, and takes them out', async () => {
    const { id } = await make('Payments');

    await ana.api('POST', `/api/v1/teams/${id}/members`, { person: '@ben' });
    await ana.api('POST', `/api/v1/teams/${id}/members`, { person: cy.id });
    await ana.api('POST', `/api/v1/teams/${id}/members`, { person: 'Cy' });
    expect(await teams()).toEqual(['Payments: Ben, Cy']);

    expect(await ana.api('DELETE', `/api/v1/teams/${id}/members/${ben.id}`)).toMatchObject({
      status: 200,
      body: { members: [{ name: 'Cy' }] },
    });
    expect(await teams()).toEqual(['Payments: Cy']);
  });

  it('lets somebody be in several', async () => {
    const { id } = await make('Platform');

    await ana.api('POST', `/api/v1/teams/${id}/members`, { person: 'Cy' });

    expect(await teams()).toEqual(['Payments: Cy', 'Platform: Cy']);
  });

  it('renames one, archives it and brings it back; what is so already is no change', async () => {
    const { id } = await make('Storage');
    const path = `/api/v1/teams/${id}`;
    const before = (await audited()).length;

    await ana.api('PATCH', path, { name: 'Data', archived: true });
    await ana.api('PATCH', path, { name: 'Data', archived: true });
    expect((await teams()).at(-1)).toBe('Data (archived): ');
    await ana.api('PATCH', path, { archived: false });

    expect((await teams())[0]).toBe('Data: ');
    expect((await audited()).slice(before)).toMatchObject([
      { what: 'Storage', before: { name: 'Storage', archived: false }, after: { name: 'Data', archived: true } },
      { what: 'Data', before: { archived: true }, after: { archived: false } },
    ]);
  });

  it('keeps who did what, and to whom', async () => {
    expect((await audited()).slice(0, 4)).toMatchObject([
      { type: 'team.made', by: { name: 'Ana' }, what: 'Payments', before: null, after: { name: 'Payments' } },
      { type: 'team.member-added', what: 'Payments', before: null, after: { id: ben.id, name: 'Ben' } },
      { type: 'team.member-added', what: 'Payments', after: { name: 'Cy' } },
      { type: 'team.member-removed', what: 'Payments', before: { name: 'Ben' }, after: null },
    ]);
  });

  it('is a responder’s, and everybody may read them', async () => {
    const { id } = await make('Search');
    const ways = [
      ['POST', '/api/v1/teams', { name: 'Mine' }],
      ['PATCH', `/api/v1/teams/${id}`, { name: 'Mine' }],
      ['POST', `/api/v1/teams/${id}/members`, { person: 'Ben' }],
      ['DELETE', `/api/v1/teams/${id}/members/${cy.id}`],
    ] as const;

    for (const [method, path, body] of ways)
      expect(await ben.api(method, path, body)).toMatchObject({
        status: 403,
        body: { detail: 'You may not make or change teams. Ask a responder.' },
      });
    expect((await ben.api('GET', '/api/v1/teams')).status).toBe(200);
  });

  it('says what is wrong with a name that cannot be used, and with somebody who is not there', async () => {
    const { id } = await make('Billing');
    await SomePerson.of(app, 'Sam', 'member');
    const sam = await SomePerson.of(app, 'Sam', 'member');
    const said = async (path: string, body: object): Promise<string> => {
      const answer = await ana.api('POST', path, body);
      return `${answer.status} ${(answer.body as { detail: string }).detail}`;
    };

    expect(await said('/api/v1/teams', { name: 'billing' })).toMatch(/^400 There is a team "billing" already/);
    expect(await said('/api/v1/teams', { name: '@billing' })).toMatch(/^400 People write a team as they call it/);
    expect(await said('/api/v1/teams', { name: 'Silent observer' })).toMatch(/^400 People write a team as they call it/);
    expect(await said(`/api/v1/teams/${id}/members`, { person: 'Nora' })).toMatch(/^400 Nobody in the organisation is "Nora"/);
    expect(await said(`/api/v1/teams/${id}/members`, { person: 'Sam' })).toMatch(/^400 Several people .* Write the id/);
    expect((await ana.api('POST', `/api/v1/teams/${id}/members`, { person: sam.id })).status).toBe(200);
    expect(await said(`/api/v1/teams/${sam.id}/members`, { person: 'Cy' })).toMatch(/^404 There is no such team/);
    expect(await said('/api/v1/teams/nothing/members', { person: 'Cy' })).toMatch(/^404/);
  });

  it('has a page for it, with forms for those who may', async () => {
    const { id } = await make('Mobile');
    const page = async (one: SomePerson): Promise<string> => (await one.api('GET', '/settings/teams')).body;
    const post = (path: string, fields: Record<string, string>): Promise<Response> =>
      fetch(new URL(path, app.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: ana.cookie, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      });

    await post(`/settings/teams/${id}/members`, { person: 'Cy' });
    expect(await page(ana)).toContain('Take Cy out of Mobile');
    await post(`/settings/teams/${id}`, { name: 'Apps', archived: 'on' });
    expect(await page(ana)).toContain('<h2>Apps <small>archived</small></h2>');
    await post(`/settings/teams/${id}/members/${cy.id}/remove`, {});
    await post('/settings/teams', { name: 'Web' });

    const refused = await post('/settings/teams', { name: '@Payments' });
    const again = await refused.text();
    expect([refused.status, again]).toEqual([400, expect.stringContaining('does not begin with &quot;@&quot;')]);
    expect(again).toContain('value="@Payments"');
    const nobody = await post(`/settings/teams/${id}/members`, { person: 'Zed' });
    expect(await nobody.text()).toMatch(/Nobody in the organisation is &quot;Zed&quot;[^]*name="person" value="Zed"/);

    expect(await teams()).toEqual(expect.arrayContaining(['Web: ', 'Apps (archived): ']));
    expect(await page(ben)).toContain('<h2>Web</h2>');
    expect(await page(ben)).not.toContain('<form');
  });
});
