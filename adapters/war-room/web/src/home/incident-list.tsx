import { Link } from 'wouter';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { kindLabel } from '#libs/war-room-protocol/vocabulary';
import { SeverityBadge } from '../severity/severity-badge.tsx';
import { statusLabel } from '../store/happenings.ts';
import { HowLong } from '../ui/time.tsx';
import styles from './incident-list.module.css';

export interface IncidentListProps {
  readonly name: string;
  readonly incidents: readonly IncidentView[];
  /** Messages of others that this person has not read, by incident. */
  readonly unread?: Readonly<Record<string, number>>;
}

export function IncidentList({ name, incidents, unread = {} }: IncidentListProps) {
  return (
    <ul className={styles.list} aria-label={name}>
      {incidents.map((incident) => (
        <li key={incident.id} className={styles.incident}>
          <SeverityBadge severity={incident.severity} />
          <p className={styles.title}>
            <Link href={`/i/${incident.number}`}>
              {incident.number} {incident.title}
            </Link>
          </p>
          <p className={styles.facts}>
            {incident.kind !== 'standard' && <span>{kindLabel(incident.kind)}</span>}
            {incident.isPrivate && <span className={styles.private}>Private</span>}
            {(unread[incident.id] ?? 0) > 0 && <strong>{unread[incident.id]} unread</strong>}
            {incident.endedAt === null ? (
              <>
                <span>{statusLabel(incident.status)}</span>
                <span>
                  open <HowLong from={incident.declaredAt} />
                </span>
                <span>{incident.lead === null ? 'Nobody leads yet' : `${incident.lead.name} leads`}</span>
              </>
            ) : (
              <span>
                {endWord(incident)} <HowLong from={incident.endedAt} /> ago, took{' '}
                <HowLong from={incident.declaredAt} until={incident.endedAt} />
              </span>
            )}
          </p>
          {incident.learned !== null && <p className={styles.learned}>{incident.learned}</p>}
        </li>
      ))}
    </ul>
  );
}

/** What is told of a resolved one afterwards is no other end. */
const endWord = ({ category }: IncidentView): string =>
  category === 'declined' || category === 'merged' || category === 'canceled' ? category : 'resolved';
