import { StatusTable } from './incident-states.ts';
import type { Move, StatusRow } from './incidents.types.ts';

const row = (name: string, category: StatusRow['category'], rank = 10): StatusRow => ({
  name,
  category,
  rank,
  shipped: true,
  archived: false,
});
const statuses = [
  row('triage', 'triage'),
  row('fixing', 'active', 20),
  row('investigating', 'active', 10),
  row('resolved', 'post_incident'),
  row('closed', 'closed'),
  row('declined', 'declined'),
  row('merged', 'merged'),
];
const moves: Move[] = [
  { from: 'triage', to: 'declined' },
  { from: 'active', to: 'post_incident' },
  { from: 'active', to: 'merged' },
  { from: 'post_incident', to: 'closed' },
];

describe('The table of statuses', () => {
  it('is usable when every category can be reached and an incident can end', () => {
    expect(new StatusTable(statuses, moves).problems()).toEqual([]);
  });

  it.each([
    ['a category that no move leads to', statuses, moves.filter(({ to }) => to !== 'closed'), '"closed" cannot be reached'],
    [
      'a category that needs a status and has none',
      statuses.filter(({ name }) => name !== 'triage'),
      moves,
      'No status is in the category "triage".',
    ],
    [
      'no way to resolve',
      statuses,
      [...moves.filter(({ to }) => to !== 'post_incident'), { from: 'triage', to: 'post_incident' } as const],
      'No incident could be resolved',
    ],
  ])('is refused for %s', (_, given, allowed, why) => {
    expect(new StatusTable(given, allowed).problems().join(' ')).toContain(why);
  });

  it('enters a category at its lowest rank, and moves freely inside it', () => {
    const table = new StatusTable(statuses, moves);

    expect(table.first('active')).toBe('investigating');
    expect([table.allows('active', 'active'), table.allows('active', 'closed')]).toEqual([true, false]);
  });
});
