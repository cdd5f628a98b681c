import { useMemo } from 'react';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { happening, type Happening, type Sentence } from '../store/happenings.ts';
import { useZone } from '../ui/preference.ts';
import { clockTime } from '../ui/times.ts';
import styles from './said.module.css';

export function useHappening(event: RoomEvent): Happening | undefined {
  const zone = useZone();
  return useMemo(() => happening(event, (iso) => clockTime(iso, zone)), [event, zone]);
}

export function HappeningWords({ sentence }: { readonly sentence: Sentence }) {
  return sentence.map((words, index) => {
    if (typeof words === 'string') return words;
    if ('strong' in words) return <strong key={index}>{words.strong}</strong>;
    return <span key={index} className={styles.said} dangerouslySetInnerHTML={{ __html: words.html }} />;
  });
}
