import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '@musterhq/chat-port';

/** Slack's packages put tokens, tickets and message bodies into their words: that they complain is passed on, and what of. */
export function slackLogger(log: Log): Logger {
  const of = (parts: unknown[]): { error?: Error } => {
    const error = parts.find((part): part is Error => part instanceof Error);
    return error ? { error } : {};
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.debug(of(parts), "Slack's package warns"),
    error: (...parts: unknown[]) => log.warn(of(parts), "Slack's package reports an error"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
