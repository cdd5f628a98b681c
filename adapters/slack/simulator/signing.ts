import { createHmac } from 'node:crypto';

/** Slack's signature v0 over the raw body. `timestamp` is in seconds, as it stands in the header. */
export function sign(secret: string, timestamp: number | string, rawBody: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`, 'utf8').digest('hex')}`;
}
