import { useState } from 'react';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { kinds, limits } from '#libs/war-room-protocol/vocabulary';
import type { Wish } from '../../store/room-store.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ChangeForm } from './change-form.tsx';

export interface AboutDialogProps {
  readonly incident: IncidentView;
  readonly mayHide: boolean;
  readonly onSend: (wish: Wish) => void;
  readonly onClose: () => void;
}

const shownTo = [
  { value: 'public', label: 'Everybody in the organisation' },
  { value: 'private', label: 'Those who take part only' },
] as const;

const kindChoices = kinds
  .filter(({ name }) => name !== 'drill')
  .map(({ name, label, guidance }) => ({ value: name, label, help: guidance }));

/** What it is called, what is known, what sort of thing it is, and who sees it. Each is a change of its own, and only what differs is sent. */
export function AboutDialog({ incident, mayHide, onSend, onClose }: AboutDialogProps) {
  const now = incident.isPrivate ? 'private' : 'public';
  const [title, setTitle] = useState(incident.title);
  const [summary, setSummary] = useState(incident.summary ?? '');
  const [kind, setKind] = useState(incident.kind);
  const [shown, setShown] = useState<'public' | 'private'>(now);

  function submit(): void {
    if (title.trim() === '') return;
    if (title.trim() !== incident.title) onSend({ type: 'rename', body: { title: title.trim() } });
    if (summary.trim() !== (incident.summary ?? '')) onSend({ type: 'summary', body: { summary: summary.trim() } });
    if (kind !== incident.kind) onSend({ type: 'kind', body: { to: kind } });
    if (shown !== now) onSend({ type: 'privacy', body: { private: shown === 'private' } });
    onClose();
  }

  return (
    <ChangeForm title={`Edit ${incident.number}`} verb="Save" onSubmit={submit} onClose={onClose}>
      <TextField
        label="What is broken?"
        required="Say what is broken in a few words."
        value={title}
        onChange={setTitle}
        maxLength={limits.titleChars}
        autoFocus
      />
      <TextField
        label="Summary"
        help="What is known, in a few sentences."
        value={summary}
        onChange={setSummary}
        maxLength={limits.summaryChars}
        lines={4}
      />
      {incident.kind !== 'drill' && <ChoiceField label="What sort of thing is it?" choices={kindChoices} value={kind} onChange={setKind} />}
      {mayHide && <ChoiceField label="Who sees it?" choices={shownTo} value={shown} onChange={setShown} />}
    </ChangeForm>
  );
}
