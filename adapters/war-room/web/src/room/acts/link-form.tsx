import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './acts.module.css';

/** A message's own address, copied where the browser lets pages do so, and to be copied by hand where not. */
export function LinkForm({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    field.current?.select();
    // Browsers have a clipboard for pages that came over https, or from this machine.
    void navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    );
  }, [address]);
  return (
    <div className={styles.menu} role="group" aria-label="Link to this message" onKeyDown={(key) => key.key === 'Escape' && onClose()}>
      <label htmlFor={id}>Link to this message</label>
      <input ref={field} id={id} readOnly value={address} />
      <span role="status">{copied && 'Copied'}</span>
      <Button onClick={onClose}>Close</Button>
    </div>
  );
}
