import { PING_MS } from '#libs/war-room-protocol/stream';
import { ask } from '../api/ask.ts';
import { StreamLines, type StreamMessage } from './stream-lines.ts';

/** Two pings and a half may be lost; after that the line is taken for dead, whatever the browser believes. */
const SILENCE_MS = PING_MS * 2.5;

/**
 * Reads one stream until it ends; rejects as `ask` does. Fetch and not EventSource, because EventSource hides both the
 * pings (so a half-open line looks alive for ever) and the status (so being signed out looks like a lost network).
 */
export async function readStream(
  url: string,
  signal: AbortSignal,
  onOpen: () => void,
  onMessage: (message: StreamMessage) => void,
): Promise<void> {
  const dead = new AbortController();
  const either = AbortSignal.any([signal, dead.signal]);
  let watch = setTimeout(() => dead.abort(), SILENCE_MS);
  const alive = (): void => {
    clearTimeout(watch);
    watch = setTimeout(() => dead.abort(), SILENCE_MS);
  };
  try {
    const response = await ask(url, { headers: { accept: 'text/event-stream' }, cache: 'no-store', signal: either });
    onOpen();
    const lines = new StreamLines();
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      alive();
      for (const message of lines.read(piece.value)) onMessage(message);
    }
  } finally {
    clearTimeout(watch);
  }
}
