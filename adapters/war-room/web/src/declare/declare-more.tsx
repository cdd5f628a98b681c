import { useState } from 'react';
import { kinds, SEEN_BY_NOBODY } from '#libs/war-room-protocol/vocabulary';
import { ChoiceField } from '../ui/choice-field.tsx';
import type { DeclareDraft, DraftChange } from './declare-draft.ts';
import styles from './declare-dialog.module.css';

export interface DeclareMoreProps {
  readonly draft: DeclareDraft;
  readonly onChange: (change: DraftChange) => void;
}

const kindChoices = kinds.map(({ name, label, guidance }) => ({ value: name, label, help: guidance }));
const seenBy = [
  { value: 'public', label: 'Everybody in the organisation' },
  { value: 'private', label: 'Those who take part only' },
] as const;
const decided = [
  { value: 'active', label: 'Yes: begin' },
  { value: 'triage', label: 'To be triaged', help: 'A responder accepts or declines it.' },
] as const;

/** Folded, unless something in it was chosen before. */
export function DeclareMore({ draft, onChange }: DeclareMoreProps) {
  const [open] = useState(draft.kind !== 'standard' || draft.private || draft.triage);
  return (
    <details className={styles.more} open={open}>
      <summary>More</summary>
      <div className={styles.fold}>
        <ChoiceField label="What sort of thing is it?" choices={kindChoices} value={draft.kind} onChange={(kind) => onChange({ kind })} />
        <ChoiceField
          label="Who sees it?"
          choices={seenBy}
          value={draft.private ? 'private' : 'public'}
          onChange={(seen) => onChange({ private: seen === 'private' })}
        />
        <ChoiceField
          label="Is it an incident?"
          choices={decided}
          value={draft.triage ? 'triage' : 'active'}
          onChange={(chosen) => onChange({ triage: chosen === 'triage' })}
        />
        <p role="status" className={styles.warning}>
          {draft.private && draft.triage && SEEN_BY_NOBODY}
        </p>
      </div>
    </details>
  );
}
