import { api } from '../api/api.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { Button } from '../ui/button.tsx';
import buttons from '../ui/button.module.css';
import { useLoaded } from '../ui/use-loaded.ts';
import styles from './practice.module.css';

const EVERY_MS = 60_000;
const SETUP = '/adapters/slack/setup';

/** What the outage cost, and the two things to do next. Both are for real, so whoever only practises is shown the doors first. */
export function PracticeResult({ sentence }: { readonly sentence: string }) {
  const dialogs = useDialogs();
  const [me] = useLoaded(api.me, EVERY_MS);
  const isGuest = me.name === 'here' && me.value.role === 'guest';
  return (
    <div className={styles.result}>
      <p role="status">{sentence}</p>
      <div className={styles.next}>
        <Button look="primary" onPress={() => (isGuest ? location.assign(afterSigningIn('/declare')) : dialogs.open('declare'))}>
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
