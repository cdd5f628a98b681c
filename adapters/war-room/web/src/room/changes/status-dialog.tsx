import { useEffect, useState } from 'react';
import { openStatuses, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { api } from '../../api/api.ts';
import { statusLabel } from '../../store/happenings.ts';
import { ChoiceField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

export function StatusDialog({ now, onDone, onClose }: ChangeProps & { readonly now: StatusName }) {
  const [to, setTo] = useState(now);
  const [statuses, setStatuses] = useState(openStatuses);
  useEffect(() => {
    // An organisation's own are offered as soon as they are known; without an answer, those that everybody has.
    void api.statuses().then(setStatuses, () => undefined);
  }, []);
  const choices = statuses.map((status) => ({ value: status, label: statusLabel(status) }));
  const submit = (): void => (to === now ? onClose() : onDone({ type: 'status', body: { to } }));
  return (
    <ChangeForm title="Where does it stand?" verb="Change status" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Status" choices={choices} value={to} onChange={setTo} autoFocus />
    </ChangeForm>
  );
}
