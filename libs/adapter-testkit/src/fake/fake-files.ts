import { type Attempt, done, type Files } from '@musterhq/chat-port';
import { nothing } from './fake-messages.ts';
import { attempt } from './fake-outcomes.ts';
import type { FakePlatform } from './fake-platform.ts';

/** Files of the fake chat: what is brought is seen by nobody until a message shows it. */
export const fakeFiles = ({ api }: FakePlatform): Files => ({
  open: ({ room }, { id }, signal) => attempt(signal, () => api.openFile(room, id, signal), inPieces),

  async put({ room }, _key, bytes, { name, mime, bytes: size }, signal) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    return attempt(
      signal,
      () => api.putFile(room, Buffer.concat(pieces), signal),
      ({ id }: { id: string }) => ({ id, name, mime, bytes: size }),
    );
  },

  async remove({ room }, { id }, signal): Promise<Attempt<void>> {
    const gone = await attempt(signal, () => api.removeFile(room, id, signal), nothing);
    return gone.outcome === 'refused' && gone.fault.code === 'not-found' ? done(undefined) : gone;
  },
});

async function* inPieces({ bytes }: { bytes: Uint8Array }): AsyncIterable<Uint8Array> {
  yield bytes;
}
