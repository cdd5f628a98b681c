import type { Role } from '#src/platform/config/config.schema';
import type { Log } from '#src/platform/logging/logging';
import { type FromChild, STANDBY, type ToChild } from './messages.ts';

export interface Links {
  readonly signIn: string;
  readonly practice: string;
}

export interface Supervised {
  readonly log: Log;
  /** Finishes what is under way and closes everything. The process is ended afterwards, or killed after five seconds. */
  stop(): Promise<void>;
  /** Fresh addresses for whoever sits at the terminal. Asked of the process with the role `web`. */
  links?(): Promise<Links>;
}

export interface Supervision {
  /** Comes at once, unless this process stands by for another: then when that one is gone. */
  readonly turn: Promise<void>;
  ready(roles: readonly Role[]): void;
  want(role: Role): void;
}

/**
 * The child's end of the line to the supervisor. Without a supervisor the calls do nothing, and SIGTERM or
 * SIGINT stop the process instead.
 *
 * A child never outlives its supervisor: when the channel closes, even by `kill -9`, it stops by itself.
 */
export function underSupervision({ log, stop, links }: Supervised): Supervision {
  let itsTurn: () => void = () => undefined;
  const turn = new Promise<void>((resolve) => (itsTurn = resolve));
  if (!process.argv.includes(STANDBY)) itsTurn();
  let stopping: Promise<void> | undefined;
  const stopOnce = (): Promise<void> => (stopping ??= endAfter(stop, log));
  /** What fails because everything is being closed has no last words; anything else ends the process, and the next one is asked again. */
  const unlessStopping = (error: unknown): void => {
    if (!stopping) throw error;
  };
  const say = (message: FromChild): void => void (process.connected && process.send?.(message, undefined, undefined, () => undefined));

  process.on('message', (message: ToChild) => {
    if (message.type === 'stop') void stopOnce();
    if (message.type === 'turn') itsTurn();
    if (message.type === 'links?') void links?.().then((both) => say({ type: 'links', ...both }), unlessStopping);
  });
  process.once('disconnect', () => void stopOnce());
  process.on('SIGTERM', () => void stopOnce());
  process.on('SIGINT', () => void stopOnce());

  return { turn, ready: (roles) => say({ type: 'ready', roles }), want: (role) => say({ type: 'want', role }) };
}

const STOPPING_TAKES_AT_MOST_MS = 5_000;

async function endAfter(stop: () => Promise<void>, log: Log): Promise<void> {
  setTimeout(() => process.exit(1), STOPPING_TAKES_AT_MOST_MS).unref();
  try {
    await stop();
    process.exit(0);
  } catch (error) {
    log.error({ error }, 'could not stop in order');
    process.exit(1);
  }
}
