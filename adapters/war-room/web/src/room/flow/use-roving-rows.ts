import { useState, type FocusEvent, type KeyboardEvent } from 'react';

type Step = (rows: readonly HTMLElement[], at: number) => HTMLElement | undefined;

const steps: Readonly<Record<string, Step>> = {
  ArrowDown: (rows, at) => rows[at + 1],
  j: (rows, at) => rows[at + 1],
  ArrowUp: (rows, at) => rows[at - 1],
  k: (rows, at) => rows[at - 1],
  Home: (rows) => rows[0],
  End: (rows) => rows.at(-1),
};

export interface RovingRows {
  /** Key of the row that Tab reaches: the last one visited, else the newest. */
  readonly current: string | undefined;
  readonly inside: boolean;
  readonly list: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/** One Tab stop for the whole flow; the arrows, or j and k, go from message to message. */
export function useRovingRows(newest: string | undefined): RovingRows {
  const [visited, setVisited] = useState<string>();
  const [inside, setInside] = useState(false);
  return {
    current: visited ?? newest,
    inside,
    list: {
      onFocus(event) {
        setInside(true);
        setVisited(event.target.closest<HTMLElement>('[data-row]')?.dataset.row);
      },
      onBlur(event) {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setInside(false);
        setVisited(undefined);
      },
      onKeyDown(event) {
        const step = steps[event.key];
        if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
        const own = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
        const next = own === null ? undefined : step(rows, rows.indexOf(own));
        if (next === undefined) return;
        event.preventDefault();
        next.focus();
        next.scrollIntoView({ block: 'nearest' });
      },
    },
  };
}
