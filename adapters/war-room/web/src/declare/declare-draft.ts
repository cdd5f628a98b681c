import * as z from 'zod/mini';
import type { DeclareRequest } from '#libs/war-room-protocol/commands';
import { kindName, severityName } from '#libs/war-room-protocol/vocabulary';
import { newId } from '../store/new-id.ts';
import type { Shelf } from '../store/shelf.ts';

const NAME = 'muster.declare';

const declareDraft = z.object({
  title: z.string(),
  severity: severityName,
  summary: z.string(),
  kind: z._default(kindName, 'standard'),
  private: z._default(z.boolean(), false),
  triage: z._default(z.boolean(), false),
  /** Sent along, so that asking twice declares once. */
  key: z.string(),
  /** It was sent and nobody knows whether it arrived: the key must stay while the words stay. */
  asked: z.boolean(),
});
export type DeclareDraft = z.infer<typeof declareDraft>;
export type DraftChange = Partial<Omit<DeclareDraft, 'key' | 'asked'>>;

const EMPTY = { title: '', severity: 'SEV3', summary: '', kind: 'standard', private: false, triage: false, asked: false } as const;

/** What was typed before and not declared, with a key of its own unless it may already have arrived under the old one. */
export function openDraft(shelf: Shelf): DeclareDraft {
  const kept = declareDraft.safeParse(shelf.read(NAME));
  if (!kept.success) return { ...EMPTY, key: newId() };
  return kept.data.asked ? kept.data : { ...kept.data, key: newId() };
}

/** Other words are another request. */
export function changedDraft(draft: DeclareDraft, change: DraftChange): DeclareDraft {
  return { ...draft, ...change, ...(draft.asked ? { key: newId(), asked: false } : {}) };
}

export function keepDraft(shelf: Shelf, draft: DeclareDraft): void {
  shelf.write(NAME, draft);
}

export function dropDraft(shelf: Shelf): void {
  shelf.drop(NAME);
}

/** What is as usual is left out. */
export function requestOf({ title, severity, summary, kind, private: isPrivate, triage }: DeclareDraft): DeclareRequest {
  const words = summary.trim();
  return {
    title: title.trim(),
    severity,
    ...(words === '' ? {} : { summary: words }),
    ...(kind === 'standard' ? {} : { kind }),
    ...(isPrivate ? { private: true } : {}),
    ...(triage ? { triage: true } : {}),
  };
}
