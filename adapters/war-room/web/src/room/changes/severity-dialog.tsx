import { useState } from 'react';
import { limits, type SeverityName } from '#libs/war-room-protocol/vocabulary';
import { severityChoices } from '../../severity/severity-choices.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

export function SeverityDialog({ now, onDone, onClose }: ChangeProps & { readonly now: SeverityName }) {
  const [to, setTo] = useState(now);
  const [reason, setReason] = useState('');

  function submit(): ReturnType<ChangeProps['onDone']> {
    if (to === now) return onClose();
    return onDone({ type: 'severity', body: reason.trim() === '' ? { to } : { to, reason: reason.trim() } });
  }

  return (
    <ChangeForm title="How bad is it?" verb="Change severity" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="Severity" choices={severityChoices} value={to} onChange={setTo} autoFocus />
      <TextField
        label="Reason"
        help="One line, for those who read this later. May be left empty."
        value={reason}
        onChange={setReason}
        maxLength={limits.reasonChars}
      />
    </ChangeForm>
  );
}
