import { flowOf } from '../store/flow.ts';
import type { RoomState } from '../store/room-state.ts';
import { matches } from './matches.ts';

const SHOWN = 6;
const LONG = 140;

/** The newest messages of a room with these words, from what is on the page: also while Muster cannot be reached. */
export function saidHere(room: RoomState, words: string): readonly { readonly seq: number; readonly says: string }[] {
  const hits = [];
  const items = flowOf(room, 'all');
  for (let at = items.length - 1; at >= 0 && hits.length < SHOWN; at--) {
    const item = items[at]!;
    if (item.kind !== 'message' || item.words === null || !matches(words, item.words.text)) continue;
    hits.push({ seq: item.event.seq, says: `${item.event.by?.name ?? item.event.via.name}: ${beginning(item.words.text)}` });
  }
  return hits;
}

const beginning = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
