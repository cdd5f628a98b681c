import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { api } from '../api/api.ts';
import { entriesOf, unsentOf } from '../store/on-device.ts';
import type { Outgoing } from '../store/outgoing.ts';
import styles from './home.module.css';
import { Unsent } from './unsent.ts';

export interface UnsentLineProps {
  readonly personId: string;
  /** What is shown here of incidents, by id. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Another object whenever the server has answered. */
  readonly answered: unknown;
}

/** What this person wrote and no room has yet. It goes out from here too, so that nobody has to open a room for it. */
export function UnsentLine({ personId, numbers, answered }: UnsentLineProps) {
  const [unsent, setUnsent] = useState<ReadonlyMap<string, readonly Outgoing[]>>(new Map());
  const [sender, setSender] = useState<Unsent | null>(null);
  useEffect(() => {
    const fresh = new Unsent(personId, { api, unsentOf, entriesOf, onChange: setUnsent });
    setSender(fresh);
    return () => fresh.stop();
  }, [personId]);
  useEffect(() => void sender?.look(), [sender, answered]);

  const waiting = placesOf(unsent, 'waiting');
  const failed = placesOf(unsent, 'failed');
  return (
    <div role="status">
      {waiting.length > 0 && (
        <p className={styles.stale}>
          Not sent yet: <Places places={waiting} numbers={numbers} />. It is kept on this device and goes out as soon as Muster takes it.
        </p>
      )}
      {failed.length > 0 && (
        <p className={styles.stale}>
          Not taken: <Places places={failed} numbers={numbers} />. The room says why.
        </p>
      )}
    </div>
  );
}

type Place = readonly [incidentId: string, many: number];

function placesOf(unsent: ReadonlyMap<string, readonly Outgoing[]>, state: Outgoing['state']): readonly Place[] {
  return [...unsent]
    .map(([incidentId, entries]): Place => [incidentId, entries.filter((entry) => entry.state === state).length])
    .filter(([, many]) => many > 0);
}

function Places({ places, numbers }: { readonly places: readonly Place[]; readonly numbers: ReadonlyMap<string, string> }) {
  return places.map(([incidentId, many], n) => (
    <span key={incidentId}>
      {n > 0 && ', '}
      {many} in <Link href={`/i/${numbers.get(incidentId) ?? incidentId}`}>{numbers.get(incidentId) ?? 'another incident'}</Link>
    </span>
  ));
}
