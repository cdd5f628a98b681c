import type { NoticeContent } from './notifications.types.ts';

/** What became of telling one reader. */
export type Outcome =
  | { readonly to: 'told' }
  /** This one will never be taken; others may be. */
  | { readonly to: 'refused'; readonly problem: string }
  /** `of`: whether only this one has to wait, the other side takes no more side by side than it has, or the whole way is in trouble. */
  | { readonly to: 'later'; readonly of: 'one' | 'line' | 'way'; readonly problem: string; readonly afterMs?: number };

export interface ToTell {
  readonly id: string;
  readonly about: string;
  readonly part: 'begun' | 'over';
  /** Empty where the way has an address of its own. */
  readonly address: string;
  readonly content: NoticeContent;
}

/** A way that is ready to be used for a few notices, and closed then. Nothing here throws: whatever happens is an outcome. */
export interface OpenWay {
  /** How many are told side by side at most. */
  readonly sideBySide: number;
  tell(notice: ToTell, stop: AbortSignal): Promise<Outcome>;
  /** Something that wakes nobody and shows that the way works. `proves`: that it came out at the other end, not only that it went in. */
  tryOut(stop: AbortSignal): Promise<{ readonly outcome: Outcome; readonly proves: boolean }>;
  close(): void;
}
