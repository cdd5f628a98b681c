import type { PracticeStep, PracticeView } from '#libs/war-room-protocol/practice';

export interface StepButton {
  readonly does: PracticeStep['do'];
  readonly label: string;
  /** Why it cannot be pressed now; null when it is the next one. */
  readonly reason: string | null;
}

const inOrder = [
  { does: 'say-something', label: 'Say something', at: 'talk' },
  { does: 'break', label: 'Break Slack', at: 'break' },
  { does: 'bring-back', label: 'Bring it back', at: 'broken' },
] as const;

const progress: Record<PracticeView['step'], number> = { starting: -1, talk: 0, break: 1, broken: 2, returning: 3, done: 3, ended: 3 };

/** The three buttons: one of them is next, each of the others says why it is not. */
export function practiceButtons(step: PracticeView['step']): readonly StepButton[] {
  const next = progress[step];
  return inOrder.map(({ does, label }, index) => ({ does, label, reason: index === next ? null : reason(step, index, next) }));
}

function reason(step: PracticeView['step'], index: number, next: number): string {
  if (step === 'ended') return 'This practice has ended';
  if (index < next) return step === 'returning' && index === next - 1 ? 'Coming back' : 'Done';
  if (index === 0) return 'Slack is starting';
  return `After “${inOrder[index - 1]!.label}”`;
}
