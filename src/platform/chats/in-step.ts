import type { Chats } from './chats.ts';

/** As often as anything needs to be asked. */
const LEAST_MS = 100;

/** How long to wait between looks: a practice and a test live faster than the world, and whoever looks keeps step with the fastest of them. */
export function inStep(chats: Pick<Chats, 'all'>, everyMs: number): number {
  const fastest = Math.max(1, ...chats.all().map(({ pace }) => pace));
  return Math.min(everyMs, Math.max(LEAST_MS, everyMs / fastest));
}
