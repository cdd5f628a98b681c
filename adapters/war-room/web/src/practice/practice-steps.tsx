import type { PracticeStep, PracticeView } from '#libs/war-room-protocol/practice';
import { Button } from '../ui/button.tsx';
import { practiceButtons } from './practice-order.ts';
import styles from './practice.module.css';

export interface PracticeStepsProps {
  readonly step: PracticeView['step'];
  readonly onStep: (step: PracticeStep['do']) => void;
}

export function PracticeSteps({ step, onStep }: PracticeStepsProps) {
  return (
    <ol className={styles.steps}>
      {practiceButtons(step).map(({ does, label, reason }) => (
        <li key={does}>
          <Button look={reason === null ? 'primary' : 'usual'} disabled={reason !== null} onClick={() => onStep(does)}>
            {label}
          </Button>
          <span className={styles.reason}>{reason ?? 'Next'}</span>
        </li>
      ))}
    </ol>
  );
}
