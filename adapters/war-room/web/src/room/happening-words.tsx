import { useMemo } from 'react';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { happening, type Happening, type Sentence } from '../store/happenings.ts';
import { useZone } from '../ui/preference.ts';
import { clockTime } from '../ui/times.ts';

export function useHappening(event: RoomEvent): Happening | undefined {
  const zone = useZone();
  return useMemo(() => happening(event, (iso) => clockTime(iso, zone)), [event, zone]);
}

export function HappeningWords({ sentence }: { readonly sentence: Sentence }) {
  return sentence.map((words, index) => (typeof words === 'string' ? words : <strong key={index}>{words.strong}</strong>));
}
