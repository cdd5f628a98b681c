import { useState } from 'react';
import type { RoleView } from '#libs/war-room-protocol/views';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { ChangeForm, type ChangeProps } from './change-form.tsx';
import styles from './change-form.module.css';

const NOBODY = '';

export interface RoleDialogProps extends ChangeProps {
  readonly role: RoleView;
  readonly people: readonly Person[];
  readonly me: Person;
  /** Whether this person may give it to others, and take it from them. */
  readonly mayAssign: boolean;
}

/** What a role asks of whoever has it, and who that is. Anyone in the room can be asked; taking it oneself comes first. */
export function RoleDialog({ role, people, me, mayAssign, onDone, onClose }: RoleDialogProps) {
  const { key, name, instructions, holder } = role;
  const now = holder?.id ?? NOBODY;
  const [to, setTo] = useState(now);
  // Handing on one's own is anybody's.
  const forOthers = mayAssign || holder?.id === me.id;
  const others = people.filter((person) => person.id !== me.id && (forOthers || person.id === holder?.id));
  const missing = holder !== null && holder.id !== me.id && !others.some((person) => person.id === holder.id) ? [holder] : [];
  const choices = [
    { value: me.id, label: `${me.name} (you)` },
    ...[...missing, ...others].map((person) => ({ value: person.id, label: person.name })),
    ...(forOthers || holder === null ? [{ value: NOBODY, label: 'Nobody for now' }] : []),
  ];

  function submit(): ReturnType<ChangeProps['onDone']> {
    if (to === now) return onClose();
    return onDone({ type: 'role', body: { role: key, to: to === me.id ? 'me' : to === NOBODY ? null : to } });
  }

  return (
    <ChangeForm title={`${name}: who?`} verb={`Change ${name.toLowerCase()}`} onSubmit={submit} onClose={onClose}>
      {instructions !== '' && <p className={styles.instructions}>{instructions}</p>}
      <ChoiceField label={name} choices={choices} value={to} onChange={setTo} autoFocus />
    </ChangeForm>
  );
}
