import { NoIncidentHere, NotUnderstood } from './conversation.errors.ts';
import type { Verb } from './conversation.types.ts';
import { nearest } from '#libs/words/nearest';

export interface Asked {
  readonly verb: Verb;
  readonly text: string;
}

const LIKELY = 3;

/** Every verb there is, and the grammar: the first word, when it is a verb; otherwise the whole line is a title. */
export class Verbs {
  private readonly byName = new Map<string, Verb>();
  private readonly byAlias = new Map<string, Verb>();

  register(...verbs: readonly Verb[]): void {
    for (const verb of verbs) {
      for (const word of [verb.name, ...(verb.aliases ?? [])])
        if (this.byName.has(word) || this.byAlias.has(word)) throw new Error(`The verb "${word}" is registered twice.`);
      this.byName.set(verb.name, verb);
      for (const alias of verb.aliases ?? []) this.byAlias.set(alias, verb);
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
   * is none: outside a room a line is a title to declare. An alias counts only as it is written: "New Relic is down" is a title.
   *
   * @throws NotUnderstood with what could have been meant
   */
  parse(line: string, otherwise: string | null, prefix = '/'): Asked {
    const whole = line.trim();
    const [first = ''] = whole.split(/\s+/);
    const verb = this.byName.get(first.toLowerCase()) ?? this.byAlias.get(first);
    if (verb) return { verb, text: whole.slice(first.length).trim() };
    const fallback = otherwise ? this.byName.get(otherwise) : undefined;
    if (fallback) return { verb: fallback, text: whole };
    throw new NotUnderstood(whole, this.likely(first), prefix);
  }

  /** @throws NoIncidentHere */
  check({ verb, text }: Asked, incidentId: string | null): void {
    if (verb.inRoom && incidentId === null) throw new NoIncidentHere(verb.name, `${verb.name} ${text}`.trim());
  }

  /** The verbs that look most like a word; the first of a room where none does. */
  private likely(word: string): string[] {
    const inRoom = this.all().filter((verb) => verb.inRoom);
    const near = nearest(word.toLowerCase(), [...this.byName.keys()]).flatMap((name) => this.byName.get(name) ?? []);
    return [...new Set([...near, ...inRoom])].slice(0, LIKELY).map(({ usage }) => usage);
  }
}
