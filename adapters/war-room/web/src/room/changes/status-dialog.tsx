import { useState } from 'react';
import type { StatusName } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import { ChoiceField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';
import { useStatuses } from './use-statuses.ts';

export function StatusDialog({ now, onDone, onClose }: ChangeProps & { readonly now: StatusName }) {
  const [to, setTo] = useState(now);
  const choices = [...new Set([...useStatuses(), now])].map((status) => ({ value: status, label: statusLabel(status) }));
  const submit = (): void => (to === now ? onClose() : onDone({ type: 'status', body: { to } }));
  return (
    <ChangeForm title="Where does it stand?" verb="Change status" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Status" choices={choices} value={to} onChange={setTo} autoFocus />
    </ChangeForm>
  );
}
