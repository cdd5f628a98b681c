import { createHash } from 'node:crypto';
import { type Wire, stringOf } from '#libs/wire/wire';

/** Activities have ids; where one has none, what it says is its name, so that a repeat of it is known. */
export const nameOf = (activity: Wire): string =>
  stringOf(activity.id) ?? createHash('sha256').update(JSON.stringify(activity)).digest('base64url').slice(0, 22);

export const momentOf = (activity: Wire, now: number): number => {
  const at = Date.parse(stringOf(activity.timestamp) ?? '');
  return Number.isNaN(at) ? now : at;
};
