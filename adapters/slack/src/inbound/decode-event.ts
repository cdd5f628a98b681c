import type { Envelope } from '@musterhq/chat-port';
import { msOfTs, type Whose } from '../slack-names.ts';
import { numberOf, stringOf, textOf, type Wire, wireOf } from '#libs/wire/wire';
import { decodeMessageEvent } from './decode-message-event.ts';
import { decodeRoomEvent } from './decode-room-event.ts';
import { type Around, type Named, unfamiliar } from './named.ts';

/** The body of an `event_callback` as envelopes: none for what another event says already, one `unknown` for what we do not know. */
export function decodeEventCallback(body: Wire, whose: Whose, redelivery: number): Envelope[] {
  const event = wireOf(body['event']);
  const eventTs = stringOf(event['event_ts']);
  const seconds = numberOf(body['event_time']) ?? 0;
  const around: Around = {
    whose,
    eventId: textOf(body['event_id']),
    at: eventTs ? msOfTs(eventTs) : seconds * 1000,
    stamp: eventTs ?? (seconds > 0 ? String(seconds) : textOf(body['event_id'])),
  };
  return decode(event, around).map(({ id, lane, event: decoded, at }) => ({ id, lane, at: at ?? around.at, redelivery, event: decoded }));
}

function decode(event: Wire, around: Around): Named[] {
  const type = textOf(event['type']);
  if (type === 'message' || type === 'app_mention') return decodeMessageEvent(event, around);
  return decodeRoomEvent(type, event, around) ?? [unfamiliar(type, around)];
}
