import { useState } from 'react';
import { describeFile, type FileFact, isPicture } from '#libs/war-room-protocol/files';
import styles from './file-row.module.css';
import { RemoveFile } from './remove-file.tsx';

export interface KeptFileProps {
  readonly fact: FileFact;
  readonly href: string;
  readonly mayRemove: boolean;
}

/** Its picture, its name to open it by, and what it is. */
export function KeptFile({ fact, href, mayRemove }: KeptFileProps) {
  const [shown, setShown] = useState(true);
  return (
    <>
      {isPicture(fact) && shown && (
        <img
          className={styles.picture}
          src={href}
          alt={fact.alt ?? `${fact.name}, which nobody has described`}
          loading="lazy"
          onError={() => setShown(false)}
        />
      )}
      {!shown && <p>The picture cannot be shown at the moment. Try to open it by its name.</p>}
      <p className={styles.about}>
        <a href={href}>{fact.name}</a> <span>{describeFile(fact)}</span>
        {mayRemove && <RemoveFile href={href} name={fact.name} />}
      </p>
      {fact.alt !== undefined && <p className={styles.alt}>{fact.alt}</p>}
    </>
  );
}
