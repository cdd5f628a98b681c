import { NoIncidentHere, NotUnderstood } from './conversation.errors.ts';
import type { Verb } from './conversation.types.ts';

export interface Asked {
  readonly verb: Verb;
  readonly text: string;
}

/** Every verb there is, and the grammar: the first word, when it is a verb; otherwise the whole line is a title. */
export class Verbs {
  private readonly byName = new Map<string, Verb>();

  register(...verbs: readonly Verb[]): void {
    for (const verb of verbs) {
      if (this.byName.has(verb.name)) throw new Error(`The verb "${verb.name}" is registered twice.`);
      this.byName.set(verb.name, verb);
    }
  }

  get(name: string): Verb | null {
    return this.byName.get(name) ?? null;
  }

  all(): Verb[] {
    return [...this.byName.values()];
  }

  /**
   * What a line after the slash command asks for. `otherwise` is the verb that takes the whole line when the first word
   * is none: outside a room a line is a title to declare.
   */
  parse(line: string, otherwise: string | null): Asked {
    const [first = '', ...rest] = line.trim().split(/\s+/);
    const verb = this.byName.get(first.toLowerCase());
    if (verb) return { verb, text: line.trim().slice(first.length).trim() || rest.join(' ') };
    const fallback = otherwise ? this.byName.get(otherwise) : undefined;
    if (fallback) return { verb: fallback, text: line.trim() };
    throw new NotUnderstood(`There is no "${first}" here. You can write: ${this.usages()}.`);
  }

  /** @throws NoIncidentHere */
  check({ verb }: Asked, incidentId: string | null): void {
    if (verb.inRoom && incidentId === null) throw new NoIncidentHere(verb.name);
  }

  usages(): string {
    return this.all()
      .map(({ usage }) => `"${usage}"`)
      .join(', ');
  }
}
