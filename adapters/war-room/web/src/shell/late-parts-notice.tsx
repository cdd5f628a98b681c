import { useSyncExternalStore } from 'react';
import styles from './late-parts-notice.module.css';
import { lateParts } from './late-parts.ts';

/** Most browsers remember that a file could not be had and do not ask for it again: then only a reload brings it. */
export function LatePartsNotice() {
  const are = useSyncExternalStore(lateParts.subscribe, lateParts.areThere);
  return (
    <div role="status" className={styles.place}>
      {are && (
        <p className={styles.notice}>
          A part of this page could not be fetched. <a href="">Reload</a> once Muster answers again; what you wrote is kept on this device.
        </p>
      )}
    </div>
  );
}
