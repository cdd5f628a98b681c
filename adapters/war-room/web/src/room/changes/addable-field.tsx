import { useState } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import type { Wish } from '../../store/room-store.ts';
import { NameField, type NameOption } from '../../ui/name-field.tsx';
import { useAddable } from './use-addable.ts';

export interface AddableFieldProps {
  readonly reference: string;
  /** Null while nobody is named. */
  readonly onChange: (wish: Wish | null) => void;
}

/** Whom to let in: somebody, or a whole team, suggested as their name is written. */
export function AddableField({ reference, onChange }: AddableFieldProps) {
  const [name, setName] = useState('');
  const { people, teams } = useAddable(reference, name);
  const options: readonly (NameOption & { readonly wish: Wish })[] = [
    ...people.map(({ id, name: called }) => ({ id, name: called, wish: { type: 'add', body: { person: id } } }) as const),
    ...teams.map(
      ({ id, name: called, members }) =>
        ({
          id,
          name: called,
          says: members === 1 ? 'team of 1' : `team of ${members}`,
          wish: { type: 'add-team', body: { team: id } },
        }) as const,
    ),
  ];

  function write(next: string): void {
    setName(next);
    const named = options.filter((option) => option.name.toLowerCase() === next.trim().toLowerCase());
    // Of several with one name, the server asks which.
    const [one] = named.length === 1 ? named : [];
    onChange(next.trim() === '' ? null : (one?.wish ?? { type: 'add', body: { person: next.trim() } }));
  }

  function take(id: string): void {
    const taken = options.find((option) => option.id === id);
    if (taken === undefined) return;
    setName(taken.name);
    onChange(taken.wish);
  }

  return (
    <NameField
      label="Their name, or a team's"
      required="Write the name of somebody in the organisation, or of a team."
      value={name}
      options={options}
      onChange={write}
      onTake={take}
      maxLength={limits.nameChars}
    />
  );
}
