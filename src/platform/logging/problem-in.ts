import { describeError } from './describe-error.ts';

const CHARS = 500;

/** What went wrong in a line that people read: its kind, its code and its place. Its own words may quote what was written. */
export function problemIn(error: unknown): string {
  const { name, code, constraint, says, at } = describeError(error);
  const what = [name, code, constraint, says].filter(Boolean).join(', ');
  return (at?.[0] ? `${what}, at ${at[0]}` : what).slice(0, CHARS);
}
