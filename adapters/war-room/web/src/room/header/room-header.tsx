import { CircleHelp, House, Search } from 'lucide-react';
import { Link } from 'wouter';
import { isOpenCategory, kindLabel } from '#libs/war-room-protocol/vocabulary';
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
  readonly mayTriage: boolean;
  readonly onChange: (change: Change) => void;
  readonly onReopen: () => void;
  readonly embedded: boolean;
}

/** What an arriving person asks first: how bad, what, where it stands, how long. Never scrolls away. */
export function RoomHeader({ incident, mayTriage, onChange, onReopen, embedded }: RoomHeaderProps) {
  const dialogs = useDialogs();
  const isOpen = isOpenCategory(incident.category);
  const inTriage = incident.category === 'triage';
  // Triage decides: into it, out of it, and anew.
  const mayGoOn = mayTriage || !['triage', 'declined', 'merged'].includes(incident.category);
  const Title = embedded ? 'h2' : 'h1';
  return (
    <header className={styles.header}>
      {!embedded && (
        <Link href="/" className={styles.home!} aria-label="All incidents">
          <House size={18} aria-hidden="true" />
        </Link>
      )}
      <span className={styles.severity}>
        <Button look="plain" aria-label={`${incident.severity}, change severity`} onClick={() => onChange('severity')}>
          <SeverityBadge severity={incident.severity} />
        </Button>
      </span>
      <div className={styles.title}>
        <Title>
          {incident.number} {incident.title}
        </Title>{' '}
        <Button look="plain" aria-label="Edit title and summary" onClick={() => onChange('about')}>
          <small className={styles.change}>Edit</small>
        </Button>
      </div>
      <p className={styles.facts}>
        {incident.kind !== 'standard' && <span className={styles.drill}>{kindLabel(incident.kind)}</span>}
        {incident.isPrivate && <span className={styles.drill}>Private</span>}
        {!isOpen || !mayGoOn ? (
          <span>{statusLabel(incident.status)}</span>
        ) : (
          <Button
            look="plain"
            aria-label={`${statusLabel(incident.status)}, change status`}
            onClick={() => onChange(inTriage ? 'triage' : 'status')}
          >
            <span className={styles.change}>{statusLabel(incident.status)}</span>
          </Button>
        )}
        <span className={styles.age}>
          {isOpen ? 'open ' : 'took '}
          <HowLong from={incident.declaredAt} until={incident.endedAt} />
        </span>
      </p>
      <div className={styles.actions}>
        {mayGoOn &&
          (isOpen ? (
            <Button onClick={() => onChange(inTriage ? 'triage' : 'resolve')}>{inTriage ? 'Accept or decline' : 'Resolve'}</Button>
          ) : (
            <Button onClick={onReopen}>Reopen</Button>
          ))}
        {!embedded && (
          <Button look="icon" aria-label="Commands and search" onClick={() => dialogs.open('palette')}>
            <Search size={20} aria-hidden="true" />
          </Button>
        )}
        {!embedded && (
          <Button look="icon" aria-label="Help and settings" onClick={() => dialogs.open('help')}>
            <CircleHelp size={20} aria-hidden="true" />
          </Button>
        )}
      </div>
    </header>
  );
}
