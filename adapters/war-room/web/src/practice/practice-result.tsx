import type { PracticeView } from '#libs/war-room-protocol/practice';
import { api } from '../api/api.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { Button } from '../ui/button.tsx';
import buttons from '../ui/button.module.css';
import { useLoaded } from '../ui/use-loaded.ts';
import { PractiseAgain } from './practise-again.tsx';
import styles from './practice.module.css';

const EVERY_MS = 60_000;
const SETUP = '/adapters/slack/setup';

/** What the outage cost, by name where it cost something, and what to do next. The real things are behind the doors for whoever only practises. */
export function PracticeResult({ exchanged }: { readonly exchanged: NonNullable<PracticeView['exchanged']> }) {
  const dialogs = useDialogs();
  const [me] = useLoaded(api.me, EVERY_MS);
  // Until it is known who this is, the doors: they let on whoever is inside, and what is behind them only refuses a guest.
  const isGuest = me.name !== 'here' || me.value.role === 'guest';
  return (
    <div className={styles.result}>
      <p role="status">{exchanged.sentence}</p>
      {exchanged.again.length > 0 && (
        <ul className={styles.again} aria-label="What could not be recovered">
          {exchanged.again.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
      <div className={styles.next}>
        <PractiseAgain />
        <Button look="primary" onClick={() => (isGuest ? location.assign(afterSigningIn('/declare')) : dialogs.open('declare'))}>
          Declare a real one
        </Button>
        <a className={`${buttons.button} ${buttons.usual ?? ''}`} href={isGuest ? afterSigningIn(SETUP) : SETUP}>
          Connect Slack
        </a>
      </div>
    </div>
  );
}

const afterSigningIn = (path: string): string => `/sign-in?to=${encodeURIComponent(path)}`;
