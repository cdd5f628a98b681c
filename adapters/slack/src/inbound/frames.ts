import type { SocketModeReceiver } from '@slack/bolt';
import { isWire, textOf, wireOf } from '#libs/wire/wire';

type Client = SocketModeReceiver['client'];

/** Of almost every frame, without reading it twice. */
const HAS_EVENT = /"event"\s*:\s*\{/;

/**
 * Over a socket Slack also says what is no event: that it holds some back, for one. Its client looks for the event's type in that too, and
 * fails where nobody listens, which ends the process (slackapi/node-slack-sdk#2167). So what has no event is given one of its own type.
 */
export function hearWhatIsNoEvent(client: Client): void {
  const own = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    for (const listener of own) listener(typeof data === 'string' ? withEvent(data) : data, isBinary);
  });
}

function withEvent(frame: string): string {
  if (HAS_EVENT.test(frame)) return frame;
  const read = readFrame(frame);
  const payload = wireOf(read['payload']);
  if (read['type'] !== 'events_api' || isWire(payload['event'])) return frame;
  return JSON.stringify({ ...read, payload: { ...payload, event: { type: textOf(payload['type']) } } });
}

function readFrame(frame: string): Readonly<Record<string, unknown>> {
  try {
    return wireOf(JSON.parse(frame));
  } catch {
    return {};
  }
}
