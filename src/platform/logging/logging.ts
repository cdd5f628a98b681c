import { pino } from 'pino';
import { describeError } from './describe-error.ts';
import { currentTrace } from './trace.ts';

/** One line a fact, as data: the message never varies, ids are fields. Never the body of a message, never a secret. */
export interface Log {
  debug(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

/** Injection token: `Log` is an interface and leaves nothing at run time. */
export const LOG = Symbol('Log');

interface Out {
  write(line: string): void;
}

/**
 * Everything to standard output, one JSON line each; what a person should look at also to standard error, for the terminal.
 *
 * An `error` is given as it was caught, and only its kind, code and place are written. The trace is added by itself.
 */
export function createLog(level: string, roles: readonly string[], out: Out = process.stdout, important: Out = process.stderr): Log {
  const streams = [
    { level: 'trace' as const, stream: out },
    { level: 'error' as const, stream: important },
  ];
  const to = pino(
    {
      level,
      base: { pid: process.pid, roles: roles.join('+') },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { error: describeError },
      mixin: () => {
        const trace = currentTrace();
        return trace ? { trace } : {};
      },
    },
    pino.multistream(streams),
  );
  const line = (name: 'debug' | 'info' | 'warn' | 'error') => (facts: Record<string, unknown>, message: string) => to[name](facts, message);
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}
