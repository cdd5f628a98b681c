import { useState } from 'react';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { ChoiceField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

const NOBODY = '';

export interface LeadDialogProps extends ChangeProps {
  readonly lead: Person | null;
  readonly people: readonly Person[];
  readonly me: Person;
}

/** The lead leads and need not fix. Anyone in the room can be asked; taking it oneself comes first. */
export function LeadDialog({ lead, people, me, onDone, onClose }: LeadDialogProps) {
  const now = lead?.id ?? NOBODY;
  const [to, setTo] = useState(now);
  const others = people.filter((person) => person.id !== me.id);
  const missing = lead !== null && lead.id !== me.id && !others.some((person) => person.id === lead.id) ? [lead] : [];
  const choices = [
    { value: me.id, label: `${me.name} (you)` },
    ...[...missing, ...others].map((person) => ({ value: person.id, label: person.name })),
    { value: NOBODY, label: 'Nobody for now' },
  ];

  function submit(): void {
    if (to === now) return onClose();
    onDone({ type: 'lead', body: { to: to === me.id ? 'me' : to === NOBODY ? null : to } });
  }

  return (
    <ChangeForm title="Who leads?" verb="Change lead" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Lead" choices={choices} value={to} onChange={setTo} autoFocus />
    </ChangeForm>
  );
}
