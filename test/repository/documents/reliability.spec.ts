import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGoals, tableOf } from '../../../scripts/chaos/reliability.mjs';
import { ROOT } from '../rules/planted.ts';

/** A figure that was measured again and told as it was before is told wrongly. */
describe('What docs/reliability.md tells', () => {
  const page = readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8');
  const goals = readGoals();

  it('is what docs/reliability.json says was measured', () => {
    expect(Object.keys(goals).length).toBeGreaterThan(0);
    expect(page).toContain(`\n${tableOf(goals)}\n`);
  });

  it('has words for each goal, and says why where one was missed', () => {
    // One section may be about several.
    const isAbout = (section: string, name: string): boolean => (/^[^:\n]*/.exec(section)?.[0] ?? '').split(', ').includes(name);
    const wordsOf = (name: string): string => page.split(/^## /m).find((section) => isAbout(section, name)) ?? '';

    expect(Object.keys(goals).filter((name) => wordsOf(name).length < 100)).toEqual([]);
    expect(Object.keys(goals).filter((name) => !goals[name]?.pass && !/^Missed/m.test(wordsOf(name)))).toEqual([]);
  });
});
