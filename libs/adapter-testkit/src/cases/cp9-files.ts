import assert from 'node:assert/strict';
import type { FileRef, Files, RoomRef } from '@musterhq/chat-port';
import { sendOf, soon } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { eventually } from '../eventually.ts';
import { facet, feature, needs } from '../needs.ts';

/** The smallest picture there is, in more than one piece. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const META = { name: 'graph.png', mime: 'image/png', bytes: PNG.length };

async function* pieces(): AsyncIterable<Uint8Array> {
  yield PNG.subarray(0, 20);
  yield PNG.subarray(20);
}

const filesOf = ({ adapter }: Stage): Files => {
  assert.ok(adapter.files);
  return adapter.files;
};

/** A file that was brought to a room, and is shown there by a message with the same key; as the history tells of it. */
async function shownFile(stage: Stage): Promise<{ readonly room: RoomRef; readonly file: FileRef }> {
  const [room, key] = [await stage.room(), 'key-of-a-file'];
  const put = await filesOf(stage).put(room, key, pieces(), META, soon());
  assert.ok(put.outcome === 'done', `Nothing was wrong, yet the file was not brought: ${JSON.stringify(put)}`);
  const words = { t: 'p' as const, c: [{ t: 'text' as const, v: 'the pool is full' }] };
  const content = { blocks: [words, { t: 'image' as const, file: put.value, alt: 'a graph' }], summary: 'the pool is full' };
  const { losses } = stage.adapter.messages.render(content, room);
  assert.deepEqual(losses, [], 'It was brought there to be shown');
  assert.deepEqual(await stage.observed(room), [], 'Nobody may see it before the message is sent that shows it');
  const sent = await stage.adapter.messages.send(sendOf(stage, room, key, content), soon());
  assert.notEqual(sent.outcome, 'refused', JSON.stringify(sent));
  return { room, file: await readBack(stage, room) };
}

/** The message may be made a little after the platform said yes. */
async function readBack(stage: Stage, room: RoomRef): Promise<FileRef> {
  const { history } = stage.adapter;
  assert.ok(history);
  return eventually('the message that shows the file to be in the history, with the file', async () => {
    const page = await history.page({ room, limit: 10 }, soon());
    const found = page.outcome === 'done' ? page.value.envelopes : [];
    return found.flatMap(({ event }) => (event.type === 'message.created' ? event.message.files : []))[0];
  });
}

async function bytesOf(stage: Stage, room: RoomRef, file: FileRef): Promise<Buffer> {
  const opened = await filesOf(stage).open(room, file, soon());
  assert.ok(opened.outcome === 'done', `The file is there, and could not be opened: ${JSON.stringify(opened)}`);
  const read: Uint8Array[] = [];
  for await (const piece of opened.value) read.push(piece);
  return Buffer.concat(read);
}

/** What is more than words. */
export const filesBothWays: readonly Case[] = [
  {
    id: 'cp9-files-shown',
    rule: 'CP9',
    title: 'a file that was brought is shown by the message that names it, once, and stands in the history with it',
    notFor: needs(facet('files'), feature('files'), facet('history')),
    async run(stage) {
      const { room, file } = await shownFile(stage);

      const { name, bytes } = file;
      assert.deepEqual([name, bytes], [META.name, META.bytes], 'What a file is called and how much it is stands with it');
      assert.equal((await stage.observed(room)).length, 1, 'It is there twice');
    },
  },
  {
    id: 'cp9-files-whole',
    rule: 'CP9',
    title: 'a file that a message came with is read byte for byte, also the second time',
    notFor: needs(facet('files'), feature('files'), facet('history')),
    async run(stage) {
      const { room, file } = await shownFile(stage);

      for (const time of ['first', 'second'])
        assert.ok((await bytesOf(stage, room, file)).equals(PNG), `The ${time} time it is not what was brought there`);
    },
  },
  {
    id: 'cp9-files-gone',
    rule: 'CP9',
    title: 'a file that is not there is refused as not found, and is no exception',
    notFor: needs(facet('files')),
    async run(stage) {
      const opened = await filesOf(stage).open(await stage.room(), { id: 'F0NOBODYSFILE', ...META }, soon());

      assert.equal(opened.outcome === 'refused' && opened.fault.code, 'not-found', 'Muster would ask for it for days');
    },
  },
];
