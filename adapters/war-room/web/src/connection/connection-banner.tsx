import { useZone } from '../ui/preference.ts';
import { clockTime } from '../ui/times.ts';
import styles from './connection-banner.module.css';
import type { Connection } from './room-connection.ts';

export interface ConnectionBannerProps {
  readonly connection: Connection;
  /** Since then the server takes nothing that is written. */
  readonly notTaken: string | null;
  /** What is shown is from then. */
  readonly keptAt: string | null;
  readonly outdated: boolean;
}

/** Without a colour, because nothing is wrong with the incident, and as strong as can be where nothing gets through: what this page can and cannot do right now. */
export function ConnectionBanner({ connection, notTaken, keptAt, outdated }: ConnectionBannerProps) {
  const zone = useZone();
  return (
    <div role="status">
      {connection.name === 'lost' && (
        <p className={`${styles.banner} ${styles.cut}`}>
          {connection.online ? 'No connection to Muster since' : 'You are offline since'} {clockTime(connection.since, zone)}. What you
          write goes out when the connection is back.
        </p>
      )}
      {connection.name === 'live' && notTaken !== null && (
        <p className={`${styles.banner} ${styles.cut}`}>
          Muster answers, but has taken nothing since {clockTime(notTaken, zone)}: most likely its database is away. What you write is kept
          on this device and goes out when it is back.
        </p>
      )}
      {keptAt !== null && (
        <p className={styles.banner}>
          This is what this device had at {clockTime(keptAt, zone)}. Newer things are shown when Muster answers.
        </p>
      )}
      {connection.name === 'signed-out' && (
        <p className={`${styles.banner} ${styles.cut}`}>
          You are signed out. What you write is kept on this device and goes out when you are signed in again.{' '}
          <a href="/sign-in">Sign in</a>
        </p>
      )}
      {connection.name === 'refused' && <p className={`${styles.banner} ${styles.cut}`}>{connection.why}</p>}
      {outdated && (
        <p className={styles.banner}>
          Muster is newer than this page, which may not show everything. <a href="">Reload</a> when it suits you; nothing you wrote is lost.
        </p>
      )}
    </div>
  );
}
