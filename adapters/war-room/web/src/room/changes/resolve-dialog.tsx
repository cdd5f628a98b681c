import { useState } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { TextField } from '../../ui/fields.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';

export function ResolveDialog({ number, onDone, onClose }: ChangeProps & { readonly number: string }) {
  const [learned, setLearned] = useState('');

  function submit(): ReturnType<ChangeProps['onDone']> {
    if (learned.trim() === '') return;
    return onDone({ type: 'resolve', body: { learned: learned.trim() } });
  }

  return (
    <ChangeForm title={`Resolve ${number}`} verb="Resolve" onSubmit={submit} onClose={onClose}>
      <TextField
        label="What will not happen again?"
        help="One sentence is enough."
        required="Write one sentence. It is what the next person learns from this incident."
        value={learned}
        onChange={setLearned}
        maxLength={limits.learnedChars}
        lines={3}
        autoFocus
      />
    </ChangeForm>
  );
}
