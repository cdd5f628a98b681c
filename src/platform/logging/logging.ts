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

export function createLog(level: string, roles: readonly string[]): Log {
  return pino({ level, base: { pid: process.pid, roles: roles.join('+') }, timestamp: pino.stdTimeFunctions.isoTime });
}
