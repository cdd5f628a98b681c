import { limits } from '#libs/war-room-protocol/vocabulary';
import { UnknownKind, UnknownSeverity } from '#src/incidents/incidents.errors';
import type { ToDeclare } from '#src/incidents/declaring.service';
import { isSeverity, kindCalled } from '#src/incidents/incidents.types';
import { isStorable } from '#src/platform/database/storable';
import { BadRequest } from '#src/platform/http/problems';

/** What somebody typed into the plain form; shown again when it could not be done. */
export interface DeclareDraft {
  /** Made for each page that is shown; pressing twice declares once. */
  readonly key: string;
  readonly title: string;
  readonly severity: string;
  readonly summary: string;
  readonly kind: string;
  /** Seen by those who take part only. */
  readonly private: boolean;
  /** Somebody else is to say whether it is an incident. */
  readonly triage: boolean;
}

export const emptyDraft = (key: string): DeclareDraft => declareDraftOf({ key });

export function declareDraftOf(fields: unknown): DeclareDraft {
  const given = (typeof fields === 'object' && fields !== null ? fields : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].replaceAll('\r\n', '\n') : '');
  return {
    key: text('key'),
    title: text('title'),
    severity: text('severity') || 'SEV3',
    summary: text('summary'),
    kind: text('kind') || 'standard',
    private: text('private') === 'on',
    triage: text('triage') === 'on',
  };
}

/** @throws UnknownSeverity, UnknownKind, BadRequest; the title is judged by the incident itself */
export function toDeclare({ title, severity, summary, kind, ...more }: DeclareDraft): ToDeclare {
  const sort = kindCalled(kind);
  if (sort === null) throw new UnknownKind(kind);
  if (!isSeverity(severity)) throw new UnknownSeverity(severity);
  if (summary.length > limits.summaryChars)
    throw new BadRequest(`Say what you know in at most ${limits.summaryChars} characters. The rest fits in the room.`);
  if (!isStorable(title) || !isStorable(summary))
    throw new BadRequest('The text contains a character that cannot be kept. Remove what does not show, and send it again.');
  return { title: title.trim(), severity, summary: summary.trim() || undefined, kind: sort, private: more.private, triage: more.triage };
}
