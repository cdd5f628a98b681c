import { LogLevel, WebClient, type Logger } from '@slack/web-api';
import type { SlackSimulator } from '../types.ts';

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Slack's own client, turned at the simulator: one try, and no words on the console. */
export function quietClient(slack: SlackSimulator, token: string | undefined = slack.app.botToken, timeout = 20_000): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: silent,
  });
}

/** `ok`, Slack's error code, or the client's own. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const { data, code } = error as { data?: { error?: string }; code?: string };
    return data?.error ?? code ?? String(error);
  }
}
