import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { PracticeView } from '#libs/war-room-protocol/practice';

export type Drill = PracticeView['drills'][number];

export interface ShownDrill {
  /** Whose room stands beside the chat; null before there is one. */
  readonly number: string | null;
  /** Declared since, and not shown yet. */
  readonly fresh: Drill | null;
  /** Shows it on both sides. */
  readonly show: (drill: Drill) => void;
}

/** The pretend chat says which channel it shows, and can be asked for one: that is how both sides stay one conversation. */
export function useShownDrill(
  { incident, drills }: Pick<PracticeView, 'incident' | 'drills'>,
  frame: RefObject<HTMLIFrameElement | null>,
): ShownDrill {
  const [chosen, setChosen] = useState<string | null>(null);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const number = chosen ?? incident;

  const choose = useCallback((drill: Drill) => {
    setChosen(drill.number);
    setSeen((before) => (before.includes(drill.number) ? before : [...before, drill.number]));
  }, []);

  useEffect(() => {
    const follow = ({ origin, source, data }: MessageEvent<unknown>): void => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      const { pretendChat, room } = data as { pretendChat?: unknown; room?: unknown };
      const drill = pretendChat === 'at' ? drills.find((each) => each.room === room) : undefined;
      if (drill) choose(drill);
    };
    addEventListener('message', follow);
    return () => removeEventListener('message', follow);
  }, [drills, frame, choose]);

  const show = useCallback(
    (drill: Drill) => {
      choose(drill);
      frame.current?.contentWindow?.postMessage({ pretendChat: 'go', room: drill.room }, location.origin);
    },
    [choose, frame],
  );

  const others = drills.filter((drill) => drill.number !== number && drill.number !== incident && !seen.includes(drill.number));
  return { number, fresh: others.at(-1) ?? null, show };
}
