import { useMemo } from 'react';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { SeverityBadge } from '../severity/severity-badge.tsx';
import { Button } from '../ui/button.tsx';
import { HowLong } from '../ui/time.tsx';
import styles from './similar-incidents.module.css';
import { similarTo } from './similar.ts';

export interface SimilarIncidentsProps {
  readonly title: string;
  readonly open: readonly IncidentView[];
  readonly onJoin: (incident: IncidentView) => void;
}

/** What goes on and may be the same: two rooms for one incident cost more than a moment of reading. It hinders nobody. */
export function SimilarIncidents({ title, open, onJoin }: SimilarIncidentsProps) {
  const similar = useMemo(() => similarTo(title, open), [title, open]);
  return (
    <>
      <p role="status" className={styles.words}>
        {similar.length > 0 && 'Is it one of these, which go on already?'}
      </p>
      {similar.length > 0 && (
        <ul className={styles.list} aria-label="Similar incidents">
          {similar.map((incident) => (
            <li key={incident.id}>
              <SeverityBadge severity={incident.severity} />
              <p>
                {incident.number} {incident.title}{' '}
                <span>
                  open <HowLong from={incident.declaredAt} />
                </span>
              </p>
              <Button aria-label={`Join ${incident.number} instead`} onClick={() => onJoin(incident)}>
                Join that one
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
