import { type Action, allOf, may, ROLES } from '#src/people/permissions.types';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('Who may what', () => {
  const app = useApp({ roles: ['web'] });

  it('lets each role do all that those before it may', () => {
    const allowed = ROLES.map((role) => allOf(role));

    for (const [n, actions] of allowed.entries())
      expect(allowed[n - 1] ?? []).toEqual(actions.filter((action) => (allowed[n - 1] ?? []).includes(action)));
    expect(allowed.map(({ length }) => length)).toEqual([...allowed.map(({ length }) => length)].sort((a, b) => a - b));
  });

  it.each([
    ['incident.declare', 'member'],
    ['role.take', 'guest'],
    ['incident.triage', 'responder'],
    ['role.assign', 'responder'],
    ['settings.change', 'admin'],
    ['people.manage', 'admin'],
  ] as const)('asks for "%s" at least a %s', (action: Action, role) => {
    const first = ROLES.find((one) => may(one, action));

    expect(first).toBe(role);
  });

  it('tells a page what its person may, so that nothing is offered that would be refused', async () => {
    const cy = await SomePerson.of(app, 'Cy', 'member');

    expect((await cy.api('GET', '/api/v1/me')).body).toEqual({ person: { id: cy.id, name: 'Cy' }, role: 'member', may: allOf('member') });
  });

  it('lets a member take the lead and hand it on, and not give it to somebody while another has it', async () => {
    const [cy, di, ed] = [
      await SomePerson.of(app, 'Cy', 'member'),
      await SomePerson.of(app, 'Di', 'member'),
      await SomePerson.of(app, 'Ed', 'member'),
    ];
    const { number } = await cy.declares();

    expect((await cy.does(number, 'lead', { to: di.id })).status).toBe(403);
    expect((await cy.does(number, 'lead', { to: 'me' })).status).toBe(200);
    expect((await cy.does(number, 'lead', { to: di.id })).status).toBe(200);
    expect((await cy.does(number, 'lead', { to: ed.id })).status).toBe(403);
    expect((await ed.does(number, 'severity', { to: 'SEV1' })).status).toBe(200);
  });
});
