import { useDialogs } from '../shell/dialogs.ts';
import { Button } from '../ui/button.tsx';
import buttons from '../ui/button.module.css';
import styles from './practice.module.css';

/** What the outage cost, and the two things to do next. */
export function PracticeResult({ sentence }: { readonly sentence: string }) {
  const dialogs = useDialogs();
  return (
    <div className={styles.result}>
      <p role="status">{sentence}</p>
      <div className={styles.next}>
        <Button look="primary" onPress={() => dialogs.open('declare')}>
          Declare a real one
        </Button>
        <a className={`${buttons.button} ${buttons.usual ?? ''}`} href="/adapters/slack/setup">
          Connect Slack
        </a>
      </div>
    </div>
  );
}
