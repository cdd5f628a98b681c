import { Misunderstood } from '../command/misunderstood.ts';
import type { Suite } from '../suite.ts';
import { MUTANTS } from './mutants.ts';

/** An id that is none would leave nothing out, and whoever wrote it believes that it does. */
export function checkImmune({ name, immune = {} }: Suite): void {
  const ids: readonly string[] = MUTANTS.map(({ id }) => id);
  const unheardOf = Object.keys(immune).filter((id) => !ids.includes(id));
  if (unheardOf.length === 0) return;
  throw new Misunderstood(`${name} is immune to mistakes that there are not: ${unheardOf.join(', ')}. There are: ${ids.join(', ')}.`);
}
