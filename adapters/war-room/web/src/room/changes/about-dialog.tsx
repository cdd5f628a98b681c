import { useState } from 'react';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { limits } from '#libs/war-room-protocol/vocabulary';
import type { Wish } from '../../store/room-store.ts';
import { ChoiceField, TextField } from '../../ui/fields.tsx';
import { ChangeForm } from './change-form.tsx';

export interface AboutDialogProps {
  readonly incident: IncidentView;
  readonly onSend: (wish: Wish) => void;
  readonly onClose: () => void;
}

const shownTo = [
  { value: 'public', label: 'Everybody in the organisation' },
  { value: 'private', label: 'Those who take part only' },
] as const;

/** What it is called, what is known, and who sees it. Each is a change of its own, and only what differs is sent. */
export function AboutDialog({ incident, onSend, onClose }: AboutDialogProps) {
  const now = incident.isPrivate ? 'private' : 'public';
  const [title, setTitle] = useState(incident.title);
  const [summary, setSummary] = useState(incident.summary ?? '');
  const [shown, setShown] = useState<'public' | 'private'>(now);

  function submit(): void {
    if (title.trim() === '') return;
    if (title.trim() !== incident.title) onSend({ type: 'rename', body: { title: title.trim() } });
    if (summary.trim() !== (incident.summary ?? '')) onSend({ type: 'summary', body: { summary: summary.trim() } });
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
      <ChoiceField label="Who sees it?" choices={shownTo} value={shown} onChange={setShown} />
    </ChangeForm>
  );
}
