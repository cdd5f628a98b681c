import { useZone } from '../ui/preference.ts';
import { clockTime } from '../ui/times.ts';
import styles from './connection-banner.module.css';
import type { Connection } from './room-connection.ts';

/** Grey, because nothing is wrong with the incident: what this page can and cannot do right now. */
export function ConnectionBanner({ connection, outdated }: { readonly connection: Connection; readonly outdated: boolean }) {
  const zone = useZone();
  return (
    <div role="status">
      {connection.name === 'lost' && (
        <p className={styles.banner}>
          {connection.online ? 'No connection to Muster since' : 'You are offline since'} {clockTime(connection.since, zone)}. What you
          write goes out when the connection is back.
        </p>
      )}
      {connection.name === 'signed-out' && (
        <p className={styles.banner}>
          You are signed out. What you write is kept on this device and goes out when you are signed in again.{' '}
          <a href="/sign-in">Sign in</a>
        </p>
      )}
      {connection.name === 'refused' && <p className={styles.banner}>{connection.why}</p>}
      {outdated && (
        <p className={styles.banner}>
          Muster is newer than this page, which may not show everything. <a href="">Reload</a> when it suits you; nothing you wrote is lost.
        </p>
      )}
    </div>
  );
}
