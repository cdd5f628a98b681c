import type { Start } from '../run-case.ts';
import { but, type Mutant } from './mutant.ts';

/**
 * The same harness, with an adapter that breaks the mutant's promise. Starting it rejects when the harness does not create
 * its adapter by `kit.create`: then nothing could be planted, and nothing that passes would mean anything.
 */
export const planted =
  (start: Start, { breaks, begins = (plugin) => plugin }: Pick<Mutant, 'breaks' | 'begins'>): Start =>
  async (kit) => {
    let isPlanted = false;
    const harness = await start({
      ...kit,
      async create(plugin, o) {
        isPlanted = true;
        const begun = begins(plugin);
        return kit.create(but(begun, { create: async (context) => breaks(await begun.create(context)) }), o);
      },
    });
    if (isPlanted) return harness;
    await harness.stop();
    throw new Error('The harness creates its adapter by itself. It has to use kit.create, which plants what is wrong in it.');
  };
