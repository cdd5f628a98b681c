import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '@musterhq/chat-port';

/** Slack's packages write tokens, tickets and message bodies when they are talkative: only their warnings pass, without secrets. */
export function slackLogger(log: Log): Logger {
  const says = (parts: unknown[]): { says: string } => ({ says: withoutSecrets(parts.map(String).join(' ')) });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.debug(says(parts), "Slack's package warns"),
    error: (...parts: unknown[]) => log.warn(says(parts), "Slack's package reports an error"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

export function withoutSecrets(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/g, '[token]')
    .replace(/\bwss?:\/\/\S+/g, '[socket address]')
    .slice(0, 300);
}
