import { type Key, messageKeys, pageKeys, roomKeys } from '../palette/keys.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { singleKeys, theme, times, usePreference } from '../ui/preference.ts';
import styles from './help-dialog.module.css';

const keys: readonly Key[] = [...Object.values(pageKeys), ...Object.values(roomKeys), ...Object.values(messageKeys)];

/** The keys, and what this person prefers on this device. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const look = usePreference(theme);
  const zone = usePreference(times);
  const single = usePreference(singleKeys);
  return (
    <Dialog title="Help and settings" onClose={onClose}>
      <section>
        <h3 className={styles.heading}>Keys</h3>
        <dl className={styles.keys} data-off={single ? undefined : ''}>
          {keys.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ChoiceField
        label="Single keys"
        value={single ? 'on' : 'off'}
        onChange={(value) => singleKeys.choose(value === 'on')}
        choices={[
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off', help: 'if they get in the way of speech input' },
        ]}
      />
      <ChoiceField
        label="Theme"
        value={look}
        onChange={theme.choose}
        choices={[
          { value: 'system', label: 'As the system' },
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
        ]}
      />
      <ChoiceField
        label="Times"
        value={zone}
        onChange={times.choose}
        choices={[
          { value: 'local', label: 'Local' },
          { value: 'utc', label: 'UTC' },
        ]}
      />
      <p>
        What is the same for everybody is in the <a href="/settings">settings</a>.
      </p>
      <p>
        If this page is in the way, <a href="?plain">go on with the plain page</a>. It needs no JavaScript.
      </p>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
