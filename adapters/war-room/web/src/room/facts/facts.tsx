import type { ReactNode } from 'react';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import type { RoomState } from '../../store/room-state.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import type { Change } from '../changes/changes.tsx';
import styles from './facts.module.css';

export interface FactsProps {
  readonly room: RoomState;
  readonly me: Person;
  readonly onChange: (change: Change) => void;
  readonly onTakeLead: () => void;
}

/** Who leads, where it stands, who is here and where else this room is heard. */
export function Facts({ room, me, onChange, onTakeLead }: FactsProps) {
  const { incident, people, mirrors } = room;
  return (
    <aside className={styles.facts} aria-label="Details">
      <dl>
        <Fact name="Lead">
          {incident.lead === null ? (
            <span className={styles.empty}>
              <Button onClick={onTakeLead}>Take the lead</Button>
            </span>
          ) : (
            <Button look="plain" aria-label={`${incident.lead.name}, change lead`} onClick={() => onChange('lead')}>
              <span className={styles.change}>{incident.lead.name}</span>
            </Button>
          )}
        </Fact>
        <Fact name="Status">{statusLabel(incident.status)}</Fact>
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
        <Fact name="Took part">{people.length === 0 ? 'Nobody yet' : people.map((person) => nameFor(person, me)).join(', ')}</Fact>
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

const mirrorStates: Record<MirrorView['state'], string> = {
  opening: 'opening',
  open: 'up',
  suspect: 'may be down',
  parked: 'down',
  'catching-up': 'catching up',
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

function nameFor(person: Person, me: Person): string {
  return person.id === me.id ? `${person.name} (you)` : person.name;
}
