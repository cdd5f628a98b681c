import type { Kit, Suite } from '@musterhq/adapter-testkit';
import { outsidePlugin } from '#src/platform/chats/outside/outside-plugin';
import type { OutsideFolder } from './outside-folder.ts';

/** The suite, with the adapter of this file of the folder, which is made in a thread instead of here. */
export const inAThread = (suite: Suite, folder: OutsideFolder, file: string): Suite => ({
  ...suite,
  name: `${suite.name}, from outside`,
  start: (kit) =>
    suite.start(
      Object.assign(Object.create(kit) as Kit, {
        create: (_: unknown, options: Parameters<Kit['create']>[1]) => kit.create(outsidePlugin(file, [folder.path]), options),
      }),
    ),
});
