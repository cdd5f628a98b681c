export type Category = 'active' | 'post_incident';

export interface StatusRule {
  readonly category: Category;
  readonly next: readonly string[];
}

/** Where an incident can stand and where it can go from there. Logic reads the category, never the name. */
export const STATUSES = {
  investigating: { category: 'active', next: ['identified', 'fixing', 'monitoring', 'resolved'] },
  identified: { category: 'active', next: ['investigating', 'fixing', 'monitoring', 'resolved'] },
  fixing: { category: 'active', next: ['investigating', 'identified', 'monitoring', 'resolved'] },
  monitoring: { category: 'active', next: ['investigating', 'identified', 'fixing', 'resolved'] },
  // Going back is opening it again; the log keeps that it was once thought to be over.
  resolved: { category: 'post_incident', next: ['investigating', 'identified', 'fixing', 'monitoring'] },
} as const satisfies Record<string, StatusRule>;

export type Status = keyof typeof STATUSES;
export const FIRST_STATUS: Status = 'investigating';

export const isStatus = (name: string): name is Status => Object.hasOwn(STATUSES, name);

/** Why the table cannot be used: a status nobody can reach, or a way to one that does not exist. Checked at start. */
export function problemsOf(statuses: Readonly<Record<string, StatusRule>>, first: string): string[] {
  const problems: string[] = [];
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of statuses[name]?.next ?? []) {
      if (!Object.hasOwn(statuses, next)) problems.push(`"${name}" leads to "${next}", which does not exist.`);
      else visit(next);
    }
  };
  visit(first);
  for (const name of Object.keys(statuses)) if (!reached.has(name)) problems.push(`"${name}" cannot be reached.`);
  return problems;
}
