import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { SomePerson } from '#test/support/person';
import { stateOf } from '#test/support/state';

describe('Changing what kind of incident it is', () => {
  const app = useApp({ roles: ['web'] });
  let cy: SomePerson;
  beforeAll(async () => {
    cy = await SomePerson.of(app, 'Cy', 'member');
  });

  const kind = async (number: string): Promise<string> =>
    ((await cy.api('GET', `/api/v1/incidents/${number}`)).body as { kind: string }).kind;
  const say = async (number: string, text: string): Promise<string> => {
    const { say: said, detail } = (await cy.does(number, 'command', { text })).body as { say?: string; detail?: string };
    return said ?? detail ?? '';
  };

  it('is anybody’s, and is one event with what it was and what it is', async () => {
    const { number, id } = await cy.declares();

    await cy.does(number, 'kind', { to: 'near_miss' });

    expect(await kind(number)).toBe('near_miss');
    expect(await app.events(number, 'incident.kind-changed')).toMatchObject([
      { by: { name: 'Cy' }, data: { from: 'standard', to: 'near_miss' } },
    ]);
    expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
    expect((await cy.api('GET', `/i/${number}.txt`)).body).toContain('Kind changed from standard to near miss by Cy');
  });

  it('happens once, and the kind that it has is no change', async () => {
    const { number } = await cy.declares();
    const request = uuidv7();

    const [first, again] = [await cy.does(number, 'kind', { to: 'test' }, request), await cy.does(number, 'kind', { to: 'test' }, request)];

    expect(again.body).toEqual(first.body);
    expect((await cy.does(number, 'kind', { to: 'test' })).body).toEqual({ seq: null });
    expect((await cy.does(number, 'kind', { to: 'standard' }, request)).status).toBe(409);
  });

  it('is written as people say it', async () => {
    const { number } = await cy.declares();

    expect(await say(number, '/incident kind planned work')).toBe('The kind is planned work.');
    expect(await say(number, '/kind Near-Miss')).toBe('The kind is near miss.');
    expect(await say(number, '/kind')).toMatch(/^It is: Near miss\. To change it, write \/kind and one of these\. Choose standard \(/);
    expect(await say(number, '/kind outage')).toMatch(/^There is no kind "outage"\. Choose standard/);
    expect(await kind(number)).toBe('near_miss');
  });

  it('leaves a drill one, whose number says so, and makes none of anything else', async () => {
    const drill = await cy.declares({ kind: 'drill' });
    const { number } = await cy.declares();

    expect(drill.number).toMatch(/^DRILL-/);
    expect(await cy.does(drill.number, 'kind', { to: 'standard' })).toMatchObject({
      status: 409,
      body: { detail: `${drill.number} says by its number whether it is a drill, and that stays so. Declare another one instead.` },
    });
    expect((await cy.does(number, 'kind', { to: 'drill' })).status).toBe(409);
    expect((await cy.api('GET', `/lite/i/${drill.number}`)).body).not.toContain('Change kind');
  });

  it('is a form of the plain room', async () => {
    const { number } = await cy.declares();
    expect((await cy.api('GET', `/lite/i/${number}`)).body).toContain('<summary>Change kind</summary>');

    const response = await fetch(new URL(`/lite/i/${number}`, app.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cy.cookie, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ do: 'kind', id: uuidv7(), text: 'planned' }),
    });

    expect(response.status).toBe(303);
    expect(await kind(number)).toBe('planned');
  });

  it('was something else when the same request declares another kind', async () => {
    const declare = (body: object): Promise<{ status: number }> =>
      app.api('POST', '/api/v1/incidents', body, {
        authorization: '',
        cookie: cy.cookie,
        'sec-fetch-site': 'same-origin',
        'idempotency-key': 'one',
      });

    expect((await declare({ title: 'A', kind: 'planned' })).status).toBe(201);
    expect((await declare({ title: 'A', kind: 'near_miss' })).status).toBe(409);
  });
});
