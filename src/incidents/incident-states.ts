import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import type { Category, Move, StatusRow } from './incidents.types.ts';
import { UnknownStatus } from './incidents.errors.ts';

/** What an incident enters when it is declared, and what it leaves for when it is over: without these nothing works. */
const NEEDED: readonly Category[] = ['triage', 'active', 'post_incident', 'closed', 'declined', 'merged'];

/** Where an incident can stand and where it can go from there, as the tables say. Logic reads the category, never the name. */
export class StatusTable {
  constructor(
    private readonly statuses: readonly StatusRow[],
    private readonly moves: readonly Move[],
  ) {}

  /** @throws UnknownStatus, also for one that is archived */
  categoryOf(name: string): Category {
    const found = this.statuses.find((status) => status.name === name && !status.archived);
    if (!found) throw new UnknownStatus(name, this.names());
    return found.category;
  }

  /** Where an incident stands when it enters a category. */
  first(category: Category): string {
    const [first] = this.within(category);
    if (!first) throw new Error(`No status is in the category ${category}.`);
    return first;
  }

  within(category: Category): string[] {
    return this.statuses
      .filter((status) => status.category === category && !status.archived)
      .sort((a, b) => a.rank - b.rank)
      .map(({ name }) => name);
  }

  /** Where somebody can move an incident of this category by naming a status. */
  choices(from: Category): string[] {
    const inside = isOpenCategory(from) ? (['active', 'paused', 'canceled'] as const) : (['post_incident', 'closed', 'active'] as const);
    return inside.flatMap((category) => this.within(category));
  }

  allows(from: Category, to: Category): boolean {
    return from === to || this.moves.some((move) => move.from === from && move.to === to);
  }

  /** Why this table cannot be used, one line each; checked at start and before each change of it. */
  problems(): string[] {
    const empty = NEEDED.filter((category) => this.within(category).length === 0).map(
      (category) => `No status is in the category "${category}".`,
    );
    const reached = new Set<Category>(['triage', 'active']);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const { from, to } of this.moves) if (reached.has(from)) reached.add(to);
    }
    const lost = this.statuses
      .filter(({ category }) => !reached.has(category))
      .map(({ name, category }) => `"${name}" cannot be reached: no move leads to the category "${category}".`);
    const closed = this.moves.some(({ from, to }) => from === 'active' && to === 'post_incident')
      ? []
      : ['No incident could be resolved: no move leads from "active" to "post_incident".'];
    return [...empty, ...lost, ...closed];
  }

  private names(): string[] {
    return (['active', 'post_incident', 'closed', 'paused', 'canceled'] as const).flatMap((category) => this.within(category));
  }
}
