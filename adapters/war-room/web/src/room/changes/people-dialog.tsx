import { useState } from 'react';
import type { IncidentView, Participant } from '#libs/war-room-protocol/views';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { type Choice, ChoiceField } from '../../ui/choice-field.tsx';
import { AddableField } from './addable-field.tsx';
import type { Wish } from '../../store/room-store.ts';
import { ChangeForm, type ChangeProps } from './change-form.tsx';
import { TeamChoice } from './team-choice.tsx';

type What = 'add' | 'add-team' | 'join' | 'watch' | 'leave' | 'remove';

export interface PeopleDialogProps extends ChangeProps {
  readonly incident: IncidentView;
  readonly people: readonly Participant[];
  readonly me: Person;
  /** Whether this person may let others in and out. */
  readonly forOthers: boolean;
  /** Whoever only practises knows no teams. */
  readonly knowsTeams: boolean;
}

/** Coming and going, and letting others in and out. In a private incident they are those who see it. */
export function PeopleDialog({ incident, people, me, forOthers, knowsTeams, onDone, onClose }: PeopleDialogProps) {
  const [added, setAdded] = useState<Wish | null>(null);
  const [team, setTeam] = useState('');
  const others = people.filter(({ id }) => id !== me.id);
  const [whom, setWhom] = useState(others[0]?.id ?? '');
  const mine = people.find(({ id }) => id === me.id);
  const choices: Choice<What>[] = [];
  if (forOthers) choices.push({ value: 'add', label: 'Add somebody' });
  if (forOthers && knowsTeams) choices.push({ value: 'add-team', label: 'Add a team' });
  if (mine?.observer !== false) choices.push({ value: 'join', label: 'Take part' });
  if (mine?.observer !== true) choices.push({ value: 'watch', label: 'Only watch' });
  if (mine) choices.push({ value: 'leave', label: 'Leave', help: 'Gives back the roles you have.' });
  if (forOthers && others.length > 0) choices.push({ value: 'remove', label: 'Send somebody out' });
  const [what, setWhat] = useState<What>(choices[0]?.value ?? 'leave');

  function submit(): ReturnType<ChangeProps['onDone']> {
    if (what === 'leave') return onDone({ type: 'leave', body: {} });
    if (what === 'remove') return onDone({ type: 'remove', body: { person: whom } });
    if (what === 'add-team') return team === '' ? undefined : onDone({ type: 'add-team', body: { team } });
    if (what !== 'add') return onDone({ type: 'join', body: { observer: what === 'watch' } });
    return added === null ? undefined : onDone(added);
  }

  return (
    <ChangeForm title="Who takes part?" verb="Change" onSubmit={submit} onClose={onClose}>
      <ChoiceField label="What to do" choices={choices} value={what} onChange={setWhat} autoFocus />
      {what === 'add' && <AddableField reference={incident.number} onChange={setAdded} />}
      {what === 'add-team' && <TeamChoice value={team} onChange={setTeam} isPrivate={incident.isPrivate} />}
      {what === 'remove' && (
        <ChoiceField
          label="Whom?"
          choices={others.map((person) => ({ value: person.id, label: person.name }))}
          value={whom}
          onChange={setWhom}
        />
      )}
    </ChangeForm>
  );
}
