import type { ReactNode } from 'react';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { LEAD } from '#libs/war-room-protocol/roles';
import type { Me, Participant, RoleView } from '#libs/war-room-protocol/views';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { mayHere } from '../../store/may-here.ts';
import { statusLabel } from '../../store/happenings.ts';
import type { RoomState } from '../../store/room-state.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import type { Change } from '../changes/changes.tsx';
import { NextUpdate } from '../updates/next-update.tsx';
import styles from './facts.module.css';

export interface FactsProps {
  readonly room: RoomState;
  readonly me: Me;
  readonly onChange: (change: Change) => void;
  readonly onTake: (role: string) => void;
}

/** Who has which role, where it stands, who is here and where else this room is heard. */
export function Facts({ room, me, onChange, onTake }: FactsProps) {
  const { incident, people, roles, mirrors } = room;
  return (
    <aside className={styles.facts} aria-label="Details">
      <dl>
        {roles.map((role) => (
          <Fact key={role.key} name={role.name}>
            <RoleFact role={role} mayAssign={mayHere(me, incident, 'role.assign')} onChange={onChange} onTake={onTake} />
          </Fact>
        ))}
        <Fact name="Status">{statusLabel(incident.status)}</Fact>
        <Fact name="Last update">
          <NextUpdate room={room} onUpdate={() => onChange('update')} />
        </Fact>
        <Fact name="Declared">
          {incident.declaredBy === null ? '' : `by ${incident.declaredBy.name} at `}
          <ClockTime at={incident.declaredAt} />
        </Fact>
        {incident.summary !== null && incident.summary !== '' && <Fact name="Summary">{incident.summary}</Fact>}
        {incident.mergedInto !== null && (
          <Fact name="Merged into">
            <a href={`/i/${incident.mergedInto}`}>{incident.mergedInto}</a>
          </Fact>
        )}
        {incident.learned !== null && incident.learned !== '' && <Fact name="What will not happen again">{incident.learned}</Fact>}
        <Fact name="Took part">
          {namesOf(people, false, me.person) || 'Nobody yet'}{' '}
          <Button look="plain" aria-label="Change who takes part" onClick={() => onChange('people')}>
            <span className={styles.change}>change</span>
          </Button>
        </Fact>
        {people.some(({ observer }) => observer) && <Fact name="Watches">{namesOf(people, true, me.person)}</Fact>}
        <Fact name="Also in">
          {mirrors.length === 0 ? (
            'Nowhere else'
          ) : (
            <ul>
              {mirrors.map((mirror) => (
                <li key={mirror.id}>
                  <MirrorLine mirror={mirror} />
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </dl>
    </aside>
  );
}

interface RoleFactProps extends Pick<FactsProps, 'onChange' | 'onTake'> {
  readonly role: RoleView;
  /** Whether this person may give it to others. */
  readonly mayAssign: boolean;
}

function RoleFact({ role, mayAssign, onChange, onTake }: RoleFactProps) {
  const { key, name, holder } = role;
  const change = (): void => onChange(`role:${key}`);
  if (holder !== null) {
    return (
      <Button look="plain" aria-label={`${holder.name}, change ${name.toLowerCase()}`} onClick={change}>
        <span className={styles.change}>{holder.name}</span>
      </Button>
    );
  }
  return (
    <span className={styles.empty}>
      <Button aria-label={key === LEAD ? undefined : `Take ${name}`} onClick={() => onTake(key)}>
        {key === LEAD ? 'Take the lead' : 'Take it'}
      </Button>{' '}
      <Button look="plain" aria-label={`${name}: nobody yet, ${mayAssign ? 'ask somebody' : 'what it asks of you'}`} onClick={change}>
        <span className={styles.change}>{mayAssign ? 'ask' : 'about'}</span>
      </Button>
    </span>
  );
}

const mirrorStates: Record<MirrorView['state'], string> = {
  opening: 'opening',
  open: 'up',
  suspect: 'may be down',
  parked: 'down',
  'catching-up': 'catching up',
  archived: 'archived there',
  'shut-out': 'Muster is not in it',
  failed: 'no room there',
};

function MirrorLine({ mirror }: { readonly mirror: MirrorView }) {
  const troubled = mirror.state !== 'open' && mirror.state !== 'opening';
  return (
    <>
      {mirror.surface.name} <span className={troubled ? styles.troubled : styles.state}>{mirrorStates[mirror.state]}</span>
      {mirror.permalink !== null && (
        <>
          {' '}
          <a href={mirror.permalink} target="_blank" rel="noreferrer">
            {mirror.name ?? 'Open'}
          </a>
        </>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function namesOf(people: readonly Participant[], observers: boolean, me: Person): string {
  return people
    .filter(({ observer }) => observer === observers)
    .map((person) => nameFor(person, me))
    .join(', ');
}

function nameFor(person: Person, me: Person): string {
  return person.id === me.id ? `${person.name} (you)` : person.name;
}
