import { describeChatAdapter, makeContext } from '@musterhq/adapter-testkit';
import type { ChatAdapter, RoomRef } from '@musterhq/chat-port';
import { SUITES } from '#adapters/line/test/suites';
import { outsidePlugin } from '#src/platform/chats/outside/outside-plugin';
import { ROOT } from '#test/repository/rules/planted';
import { inAThread } from './in-a-thread.ts';
import { OutsideFolder } from './outside-folder.ts';

const folder = new OutsideFolder([]);
folder.write('line.js', `export { linePlugin as plugin } from '${ROOT}/dist/adapters/line/src/line-adapter.js';`);
folder.write('package.json', '{ "type": "module" }');
afterAll(() => folder.remove());

/** What crosses a thread keeps the contract as it did before. */
for (const suite of SUITES) await describeChatAdapter(inAThread(suite, folder, './line.js'));

describe('An adapter from outside', () => {
  it('gives a file piece by piece, until nobody waits for it any more', async () => {
    const adapter = await anAdapter(`
      let isOver = false;
      const files = {
        open: async (room, file, signal) => ({ outcome: 'done', settled: true, value: (async function* () {
          try {
            yield new Uint8Array(700_000).fill(7);
            await new Promise((over) => signal.addEventListener('abort', over));
          } finally {
            isOver = true;
          }
        })() }),
        put: async () => null,
        remove: async () => isOver
          ? { outcome: 'done', settled: true }
          : { outcome: 'refused', fault: { code: 'conflict', scope: 'message' } },
      };`);
    const waiting = new AbortController();
    const opened = await adapter.files!.open(ROOM, FILE, waiting.signal);
    let read = 0;

    const reading = (async () => {
      if (opened.outcome !== 'done') throw new Error('not opened');
      for await (const piece of opened.value) {
        read += piece.filter((byte) => byte === 7).length;
        if (read === 700_000) waiting.abort();
      }
    })();

    await expect(reading).rejects.toThrow('did not answer in time');
    expect(read).toBe(700_000);
    expect(await adapter.files!.remove!(ROOM, FILE, AbortSignal.timeout(5_000))).toMatchObject({ outcome: 'done' });
    await adapter.close();
  });

  it('reads what it is given no further than it wants, and what is no answer counts as unknown', async () => {
    const adapter = await anAdapter(`
      const files = {
        open: async () => null,
        put: async (room, key, bytes, meta) => {
          for await (const piece of bytes) return piece.length === 3 ? 'nonsense' : null;
        },
      };`);
    let isLetGo = false;
    const endless = (async function* () {
      try {
        for (;;) yield Buffer.from('abc');
      } finally {
        isLetGo = true;
      }
    })();

    const put = await adapter.files!.put(ROOM, 'key', endless, { ...FILE, alt: 'a graph' }, AbortSignal.timeout(5_000));

    expect(put).toMatchObject({ outcome: 'unknown', fault: { native: 'thrown' } });
    expect(isLetGo).toBe(true);
    expect('remove' in adapter.files!).toBe(false);
    await adapter.close();
  });
});

const ROOM: RoomRef = { adapter: 'line', tenant: 'T', room: '#r' };
const FILE = { id: 'F1', name: 'graph.png', mime: 'image/png', bytes: 700_000 };

/** An adapter for lines, with these files beside. */
async function anAdapter(files: string): Promise<ChatAdapter> {
  const name = `files-${files.length}.js`;
  folder.write(
    name,
    `import { linePlugin } from '${ROOT}/dist/adapters/line/src/line-adapter.js';
     ${files}
     export const plugin = { ...linePlugin, create: async (context) => ({ ...(await linePlugin.create(context)), files }) };`,
  );
  const config = { host: '127.0.0.1', port: 9, nick: 'muster', retryMs: 5 };
  return outsidePlugin(`./${name}`, [folder.path]).create(makeContext({ instance: 'line', config, secrets: { token: 't' } }));
}
