import { type Kit, type Suite, describeChatAdapter } from '@musterhq/adapter-testkit';
import { SUITES } from '#adapters/line/test/suites';
import { outsidePlugin } from '#src/platform/chats/outside/outside-plugin';
import { ROOT } from '#test/repository/rules/planted';
import { OutsideFolder } from './outside-folder.ts';

const folder = new OutsideFolder([]);
folder.write('line.js', `export { linePlugin as plugin } from '${ROOT}/dist/adapters/line/src/line-adapter.js';`);
folder.write('package.json', '{ "type": "module" }');
afterAll(() => folder.remove());

/** The kit, which makes the adapter in a thread instead of here. */
const inAThread = (kit: Kit): Kit =>
  Object.assign(Object.create(kit) as Kit, {
    create: (_: unknown, options: Parameters<Kit['create']>[1]) => kit.create(outsidePlugin('./line.js', [folder.path]), options),
  });

/** What crosses a thread keeps the contract as it did before. */
for (const suite of SUITES) {
  const threaded: Suite = { ...suite, name: `${suite.name}, from outside`, start: (kit) => suite.start(inAThread(kit)) };
  await describeChatAdapter(threaded);
}
