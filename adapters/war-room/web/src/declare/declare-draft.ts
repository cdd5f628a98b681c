import * as z from 'zod/mini';
import { severityName } from '#libs/war-room-protocol/vocabulary';
import { newId } from '../store/new-id.ts';
import type { Shelf } from '../store/shelf.ts';

const NAME = 'muster.declare';

const declareDraft = z.object({
  title: z.string(),
  severity: severityName,
  summary: z.string(),
  /** Sent along, so that asking twice declares once. */
  key: z.string(),
  /** It was sent and nobody knows whether it arrived: the key must stay while the words stay. */
  asked: z.boolean(),
});
export type DeclareDraft = z.infer<typeof declareDraft>;

/** What was typed before and not declared, with a key of its own unless it may already have arrived under the old one. */
export function openDraft(shelf: Shelf): DeclareDraft {
  const kept = declareDraft.safeParse(shelf.read(NAME));
  if (!kept.success) return { title: '', severity: 'SEV3', summary: '', key: newId(), asked: false };
  return kept.data.asked ? kept.data : { ...kept.data, key: newId() };
}

/** Other words are another request. */
export function changedDraft(draft: DeclareDraft, change: Partial<Pick<DeclareDraft, 'title' | 'severity' | 'summary'>>): DeclareDraft {
  return { ...draft, ...change, ...(draft.asked ? { key: newId(), asked: false } : {}) };
}

export function keepDraft(shelf: Shelf, draft: DeclareDraft): void {
  shelf.write(NAME, draft);
}

export function dropDraft(shelf: Shelf): void {
  shelf.drop(NAME);
}
