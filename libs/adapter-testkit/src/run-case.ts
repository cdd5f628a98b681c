import { type Case, type Declared, declaredBy } from './case.ts';
import type { Harness, Kit } from './harness.ts';
import { makeKit } from './kit.ts';

/** Makes a harness with the kit's help. Resolves when the adapter can send. */
export type Start = (kit: Kit) => Promise<Harness>;

/** A case that takes longer than this has failed. */
export const CASE_MS = 20_000;

/** Tries one case on a harness of its own. Rejects when the promise is broken; the harness is stopped either way. */
export async function runCase(one: Case, start: Start): Promise<void> {
  await withHarness(start, (harness, kit) => one.run(stageOf(harness, kit)));
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

/** The harness may be an instance of a class, so it is kept whole and not copied. */
const stageOf = (harness: Harness, { inlet }: Kit): Harness & Pick<Kit, 'inlet'> =>
  Object.create(harness, { inlet: { value: inlet, enumerable: true } }) as Harness & Pick<Kit, 'inlet'>;
