import type { IncidentView } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('The lists of incidents', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;

  beforeEach(async () => {
    ana = await SomePerson.of(app, 'Ana');
  });
  // Those of an earlier test are in no list.
  afterEach(() => app.database.query(`update incident set practice_instance = 'earlier'`));

  /** All of it, two at a time. */
  async function list(open: boolean): Promise<string[]> {
    const shown: string[] = [];
    for (let after = '', more = true; more;) {
      const page: { incidents: IncidentView[]; next: string; more: boolean } = (
        await ana.api('GET', `/api/v1/incidents?open=${open}&limit=2${after}`)
      ).body;
      shown.push(...page.incidents.map(({ title }) => title));
      ({ more } = page);
      after = `&after=${page.next}`;
    }
    return shown;
  }

  it('show the worst of those that are open first, then the one that goes on longest', async () => {
    for (const [title, severity] of [
      ['an old SEV1', 'SEV1'],
      ['an old SEV3', 'SEV3'],
      ['a SEV2', 'SEV2'],
      ['a new SEV3', 'SEV3'],
      ['a new SEV1', 'SEV1'],
    ])
      await ana.declares({ title, severity });

    expect(await list(true)).toEqual(['an old SEV1', 'a new SEV1', 'a SEV2', 'an old SEV3', 'a new SEV3']);
  });

  it('show of those that are over the latest ended first, however they ended', async () => {
    const declare = async (title: string, triage = false): Promise<string> => (await ana.declares({ title, triage })).number;
    const [resolved, declined, merged, canceled, kept] = [
      await declare('resolved'),
      await declare('declined', true),
      await declare('merged'),
      await declare('canceled'),
      await declare('goes on'),
    ];

    await ana.does(canceled, 'status', { to: 'canceled' });
    await ana.does(merged, 'merge', { into: kept });
    await ana.does(declined, 'decline', { reason: 'A planned test.' });
    await ana.does(resolved, 'resolve', { learned: 'Deploys wait.' });

    expect(await list(false)).toEqual(['resolved', 'declined', 'merged', 'canceled']);
    expect(await list(true)).toEqual(['goes on']);
  });

  it('leave nothing out silently: an old SEV1 is on the plain page among hundreds, which says that there are more', async () => {
    await ana.declares({ title: 'The old SEV1', severity: 'SEV1' });
    await many(199);
    expect((await ana.api('GET', '/lite')).body).not.toContain('More are open');

    await many(1);

    const page = (await ana.api('GET', '/lite')).body as string;
    expect(page).toContain('The old SEV1');
    expect(page).toContain('These 200 are the worst. More are open: <a href="/search">search</a> finds them.');
  });

  /** SEV3s that are declared after all others. */
  async function many(count: number): Promise<void> {
    await app.database.query(
      `with made as (insert into stream (id, kind) select gen_random_uuid(), 'incident' from generate_series(1, $1) returning id)
       insert into incident (id, kind, number, reference, title, severity, status, category)
       select id, 'standard', 0, 'INC-' || (10000 + random() * 100000000)::int, 'One of many', 'SEV3', 'investigating', 'active' from made`,
      [count],
    );
  }
});
