export interface Kept {
  readonly goal: string;
  readonly measured: string;
  readonly pass: boolean;
  readonly command: string;
}

export function readGoals(): Readonly<Record<string, Kept>>;
export function tableOf(goals: Readonly<Record<string, Kept>>): string;
