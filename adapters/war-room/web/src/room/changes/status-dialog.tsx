import { useState } from 'react';
import { openStatuses, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import { ChoiceField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

const choices = openStatuses.map((status) => ({ value: status, label: statusLabel(status) }));

export function StatusDialog({ now, onDone, onClose }: ChangeProps & { readonly now: StatusName }) {
  const [to, setTo] = useState(now);
  const submit = (): void => (to === now ? onClose() : onDone({ type: 'status', body: { to } }));
  return (
    <ChangeForm title="Where does it stand?" verb="Change status" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Status" choices={choices} value={to} onChange={setTo} autoFocus />
    </ChangeForm>
  );
}
