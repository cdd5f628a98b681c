import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpIn } from '@musterhq/chat-port';
import type { Tamper } from '../harness.ts';
import type { Happening } from './happenings.ts';

const TOLERANCE_MS = 300_000;

const sign = (secret: string, time: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

/** The request with which the fake chat delivers a happening, rightly signed unless tampered with. */
export function signedRequest(happening: Happening, secret: string, now: number, tamper?: Tamper): HttpIn {
  const body = Buffer.from(JSON.stringify(happening));
  const skew = tamper === 'stale' ? -2 * TOLERANCE_MS : tamper === 'future' ? 2 * TOLERANCE_MS : 0;
  const time = String(now + skew);
  const signature = sign(tamper === 'signature' ? `not ${secret}` : secret, time, body);
  return {
    method: 'POST',
    path: '/',
    headers: { 'x-fake-time': time, ...(tamper !== 'no-signature' && { 'x-fake-signature': signature }) },
    body: tamper === 'body' ? Buffer.concat([body, Buffer.from(' ')]) : body,
    now,
  };
}

/** Whether the fake chat sent this, not longer than five minutes ago and not in the future either. */
export function isGenuine({ headers, body, now }: HttpIn, secret: string): boolean {
  const { 'x-fake-time': time, 'x-fake-signature': signature } = headers;
  if (time === undefined || signature === undefined) return false;
  if (!(Math.abs(now - Number(time)) <= TOLERANCE_MS)) return false;
  const expected = Buffer.from(sign(secret, time, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
