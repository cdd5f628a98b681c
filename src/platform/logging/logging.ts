import { pino } from 'pino';

/** One line a fact, as data: the message never varies, ids are fields. Never the body of a message, never a secret. */
export interface Log {
  debug(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

/** Injection token: `Log` is an interface and leaves nothing at run time. */
export const LOG = Symbol('Log');

/** Everything to standard output, one JSON line each; what a person should look at also to standard error, for the terminal. */
export function createLog(level: string, roles: readonly string[]): Log {
  const streams = [
    { level: 'trace' as const, stream: process.stdout },
    { level: 'error' as const, stream: process.stderr },
  ];
  return pino(
    { level, base: { pid: process.pid, roles: roles.join('+') }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream(streams),
  );
}
