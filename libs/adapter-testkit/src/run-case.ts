import { type Case, type Declared, type Stage, declaredBy } from './case.ts';
import type { Harness, Kit } from './harness.ts';
import { troubleOf } from './harness-check.ts';
import { makeKit } from './kit.ts';
import { reasonOf } from './reason-of.ts';

/** Makes a harness with the kit's help. Resolves when the adapter can send. */
export type Start = (kit: Kit) => Promise<Harness>;

/** A case that takes longer than this has failed. */
export const CASE_MS = 20_000;

/** Tries one case on a harness of its own. Rejects when the promise is broken; the harness is stopped either way. */
export async function runCase(one: Case, start: Start): Promise<void> {
  try {
    await tryCase(one, start);
  } catch (error) {
    const trouble = await troubleWith(start);
    if (trouble === undefined) throw error;
    throw new Error(`The harness, not the adapter: ${trouble}. Repair that first. ${reasonOf(error)}`, { cause: error });
  }
}

/** The same, where nobody asks whether the harness is to blame. */
export const tryCase = (one: Case, start: Start): Promise<void> => withHarness(start, (harness, kit) => one.run(stageOf(harness, kit)));

/** Looked for once for each harness, when a case has failed on it. */
const troubles = new WeakMap<Start, Promise<string | undefined>>();

function troubleWith(start: Start): Promise<string | undefined> {
  const known = troubles.get(start);
  if (known) return known;
  // Where it cannot be tried, the case has more to say.
  const found = withHarness(start, (harness, kit) => troubleOf(stageOf(harness, kit))).catch(() => undefined);
  troubles.set(start, found);
  return found;
}

/** What this adapter declares, asked of a harness that is started for it and stopped again. */
export async function declarationsOf(start: Start): Promise<Declared> {
  return withHarness(start, declaredBy);
}

async function withHarness<T>(start: Start, use: (harness: Harness, kit: Kit) => Promise<T>): Promise<T> {
  const kit = makeKit();
  const harness = await start(kit);
  try {
    return await use(harness, kit);
  } finally {
    await harness.stop();
  }
}

/** The harness may be an instance of a class: what it keeps in itself stays in it. */
const stageOf = (harness: Harness, { inlet, secrets, again }: Kit): Stage =>
  new Proxy(harness as Stage, {
    get(_, name) {
      if (name === 'inlet') return inlet;
      if (name === 'secrets') return secrets;
      if (name === 'again') return again;
      const own: unknown = Reflect.get(harness, name);
      return typeof own === 'function' ? own.bind(harness) : own;
    },
  });
