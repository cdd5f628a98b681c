import { useState } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

type What = 'accept' | 'decline' | 'merge';

const choices = [
  { value: 'accept', label: 'Accept: it is an incident' },
  { value: 'decline', label: 'Decline: it is none' },
  { value: 'merge', label: 'Merge: it is the same as another one' },
] as const;

const asked = {
  decline: {
    label: 'Why is it no incident?',
    required: 'Say why in a few words. Whoever declared it will read them.',
    max: limits.reasonChars,
  },
  merge: { label: 'Which one is it the same as?', required: 'Write its number, such as INC-247.', max: 40 },
} as const;

/** What becomes of what was declared. */
export function TriageDialog({ onDone, onClose }: ChangeProps) {
  const [what, setWhat] = useState<What>('accept');
  const [text, setText] = useState('');
  const ask = what === 'accept' ? null : asked[what];

  function submit(): ReturnType<ChangeProps['onDone']> {
    const given = text.trim();
    if (what === 'accept') return onDone({ type: 'accept', body: {} });
    if (given === '') return;
    return onDone(what === 'decline' ? { type: 'decline', body: { reason: given } } : { type: 'merge', body: { into: given } });
  }

  return (
    <ChangeForm title="Is it an incident?" verb="Decide" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="What becomes of it?" choices={choices} value={what} onChange={setWhat} autoFocus />
      {ask !== null && (
        <TextField key={what} label={ask.label} required={ask.required} value={text} onChange={setText} maxLength={ask.max} />
      )}
    </ChangeForm>
  );
}
