import { verifySlackRequest } from '@slack/bolt';
import type { HttpIn } from '@musterhq/chat-port';

const WINDOW_S = 300;

/** Headers by any spelling; Node lowers them, proxies may not. */
export function header({ headers }: HttpIn, name: string): string | undefined {
  const lowered = headers[name];
  if (lowered !== undefined) return lowered;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Slack's time stamp of the request in seconds, if there is one that can be read. */
export function stampOf(request: HttpIn): number | undefined {
  const stamp = header(request, 'x-slack-request-timestamp');
  return stamp !== undefined && /^\d{1,12}$/.test(stamp) ? Number(stamp) : undefined;
}

/**
 * Whether Slack sent this, within five minutes. Bolt compares the signature in constant time and refuses old stamps;
 * it takes any from the future, which would make a stolen request good for years, so that is looked at here.
 */
export function isFromSlack(request: HttpIn, signingSecret: string): boolean {
  const stamp = stampOf(request);
  const signature = header(request, 'x-slack-signature');
  if (stamp === undefined || signature === undefined || signingSecret === '') return false;
  if (Math.abs(request.now / 1000 - stamp) > WINDOW_S) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body: Buffer.from(request.body).toString(),
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': stamp },
      nowMilliseconds: request.now,
    });
    return true;
  } catch {
    return false;
  }
}
