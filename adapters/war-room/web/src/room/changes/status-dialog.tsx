import { useState } from 'react';
import { CLOSES, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';
import { useStatuses } from './use-statuses.ts';

/** Where it stands. What would close it is asked about once: the first press shows what it means, the second does it. */
export function StatusDialog({ now, onDone, onClose }: ChangeProps & { readonly now: StatusName }) {
  const [to, setTo] = useState(now);
  const [asked, setAsked] = useState(false);
  const { open, closing } = useStatuses();
  const choices = [...new Set([...open, now, ...closing])].map((status) => ({ value: status, label: statusLabel(status) }));
  const closes = to !== now && closing.includes(to);
  const isAsked = closes && asked;

  function choose(status: StatusName): void {
    setTo(status);
    setAsked(false);
  }

  function submit(): ReturnType<ChangeProps['onDone']> {
    if (to === now) return onClose();
    if (closes && !isAsked) return setAsked(true);
    return onDone({ type: 'status', body: { to } });
  }

  return (
    <ChangeForm title="Where does it stand?" verb={isAsked ? 'Close the incident' : 'Change status'} onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Status" choices={choices} value={to} onChange={choose} autoFocus />
      {isAsked && <p role="alert">{CLOSES}</p>}
    </ChangeForm>
  );
}
