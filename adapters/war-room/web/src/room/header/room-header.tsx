import { CircleHelp, House } from 'lucide-react';
import { Link } from 'wouter';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { SeverityBadge } from '../../severity/severity-badge.tsx';
import { useDialogs } from '../../shell/dialogs.ts';
import { statusLabel } from '../../store/happenings.ts';
import { Button } from '../../ui/button.tsx';
import { HowLong } from '../../ui/time.tsx';
import type { Change } from '../changes/changes.tsx';
import styles from './room-header.module.css';

export interface RoomHeaderProps {
  readonly incident: IncidentView;
  readonly onChange: (change: Change) => void;
  readonly embedded: boolean;
}

/** What an arriving person asks first: how bad, what, where it stands, how long. Never scrolls away. */
export function RoomHeader({ incident, onChange, embedded }: RoomHeaderProps) {
  const dialogs = useDialogs();
  const resolved = incident.status === 'resolved';
  const Title = embedded ? 'h2' : 'h1';
  return (
    <header className={styles.header}>
      {!embedded && (
        <Link href="/" className={styles.home!} aria-label="All incidents">
          <House size={18} aria-hidden="true" />
        </Link>
      )}
      <span className={styles.severity}>
        <Button look="plain" aria-label={`${incident.severity}, change severity`} onPress={() => onChange('severity')}>
          <SeverityBadge severity={incident.severity} />
        </Button>
      </span>
      <Title className={styles.title}>
        {incident.number} {incident.title}
      </Title>
      <p className={styles.facts}>
        {incident.kind === 'drill' && <span className={styles.drill}>Drill</span>}
        {resolved ? (
          <span>Resolved</span>
        ) : (
          <Button look="plain" aria-label={`${statusLabel(incident.status)}, change status`} onPress={() => onChange('status')}>
            <span className={styles.change}>{statusLabel(incident.status)}</span>
          </Button>
        )}
        <span className={styles.age}>
          {resolved ? 'took ' : 'open '}
          <HowLong from={incident.declaredAt} until={incident.resolvedAt} />
        </span>
      </p>
      <div className={styles.actions}>
        {!resolved && <Button onPress={() => onChange('resolve')}>Resolve</Button>}
        {!embedded && (
          <Button look="icon" aria-label="Help and settings" onPress={() => dialogs.open('help')}>
            <CircleHelp size={20} aria-hidden="true" />
          </Button>
        )}
      </div>
    </header>
  );
}
