import { useEffect } from 'react';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { useTeams } from './use-teams.ts';
import styles from './change-form.module.css';

export interface TeamChoiceProps {
  /** The id of the one that is chosen; empty before. */
  readonly value: string;
  readonly onChange: (team: string) => void;
  /** Then it matters who sees it from now on. */
  readonly isPrivate: boolean;
}

/** Which team, and who that is now. */
export function TeamChoice({ value, onChange, isPrivate }: TeamChoiceProps) {
  const teams = useTeams();
  const first = typeof teams === 'string' ? undefined : teams[0]?.id;
  // A group in which nothing is chosen cannot be reached by the Tab key.
  useEffect(() => {
    if (value === '' && first !== undefined) onChange(first);
  }, [value, first, onChange]);
  if (teams === 'not to be had')
    return <p className={styles.instructions}>Muster did not answer. In the room, write /add and the name of the team.</p>;
  if (teams === 'asking') return <p className={styles.instructions}>Looking for the teams…</p>;
  if (teams.length === 0)
    return (
      <p className={styles.instructions}>
        There is no team with somebody in it. <a href="/settings/teams">Teams</a> are made in the settings.
      </p>
    );
  const choices = teams.map(({ id, name, members }) => ({ value: id, label: name, help: members.map((one) => one.name).join(', ') }));
  return (
    <>
      <ChoiceField label="Which team?" choices={choices} value={value} onChange={onChange} />
      <p className={styles.instructions}>
        {isPrivate
          ? 'Those who are in it now will see this private incident. Whoever joins the team later will not.'
          : 'Those who are in it now take part. Whoever joins the team later does not.'}
      </p>
    </>
  );
}
