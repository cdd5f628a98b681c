import { stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';

/** The metadata's event type: the manifest subscribes to it, or Slack leaves metadata out of events. */
export const DELIVERY = 'muster_delivery';
const BLOCK_PREFIX = 'muster:';
const BLOCK_ID_CHARS = 255;

export const metadataOf = (key: string): { event_type: string; event_payload: { key: string } } => ({
  event_type: DELIVERY,
  event_payload: { key },
});

/** The key in the first block too, because Slack shows metadata only to some. Undefined when it does not fit there. */
export function blockIdOf(key: string): string | undefined {
  const id = `${BLOCK_PREFIX}${key}`;
  return id.length <= BLOCK_ID_CHARS ? id : undefined;
}

/** Our key in a message of ours, wherever it can be read. */
export function keyOf(message: Wire): string | undefined {
  const metadata = wireOf(message['metadata']);
  const inMetadata = metadata['event_type'] === DELIVERY ? stringOf(wireOf(metadata['event_payload'])['key']) : undefined;
  if (inMetadata !== undefined) return inMetadata;
  const first = textOf(wiresOf(message['blocks'])[0]?.['block_id']);
  return first.startsWith(BLOCK_PREFIX) ? first.slice(BLOCK_PREFIX.length) : undefined;
}
