import { useState } from 'react';
import { minutesOffered } from '#libs/war-room-protocol/updates';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { limits, severities, type SeverityName, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';
import { useStatuses } from './use-statuses.ts';

const NEXT = [
  { value: 'none', label: 'Not promised' },
  ...minutesOffered.map((minutes) => ({ value: String(minutes), label: `${minutes} min` })),
];

/** Where it stands, all in one: what differs from now is changed, and what is left as it is is not mentioned. */
export function UpdateDialog({ incident, onDone, onClose }: ChangeProps & { readonly incident: IncidentView }) {
  // As it was when this was opened: what others change meanwhile is not undone by what was left as it is.
  const [before] = useState(incident);
  const [text, setText] = useState('');
  const [severity, setSeverity] = useState<SeverityName>(incident.severity);
  const [status, setStatus] = useState<StatusName>(incident.status);
  const [next, setNext] = useState('none');
  const { open } = useStatuses();
  const choices = [...new Set([incident.status, ...open])].map((name) => ({ value: name, label: statusLabel(name) }));

  const changes = {
    ...(severity === before.severity ? {} : { severity }),
    ...(status === before.status ? {} : { status }),
    ...(next === 'none' ? {} : { nextUpdateIn: Number(next) }),
  };
  const saysNothing = Object.keys(changes).length === 0;

  function submit(): ReturnType<ChangeProps['onDone']> {
    const told = text.trim();
    if (told === '' && saysNothing) return;
    return onDone({ type: 'update', body: { ...changes, ...(told === '' ? {} : { text: told }) } });
  }

  return (
    <ChangeForm title="Share an update" verb="Share" onSubmit={submit} onClose={onClose}>
      <TextField
        label="Where does it stand?"
        help="What is known, what is being done."
        {...(saysNothing ? { required: 'Say in a sentence where it stands, or change something below.' } : {})}
        value={text}
        onChange={setText}
        maxLength={limits.updateChars}
        lines={4}
        autoFocus
      />
      <ChoiceField label="When does the next one come, from now?" choices={NEXT} value={next} onChange={setNext} sideBySide />
      <ChoiceField label="Status" choices={choices} value={status} onChange={setStatus} sideBySide />
      <ChoiceField
        label="How bad is it?"
        choices={severities.map(({ name, label }) => ({ value: name, label: `${name} ${label}` }))}
        value={severity}
        onChange={setSeverity}
        sideBySide
      />
    </ChangeForm>
  );
}
