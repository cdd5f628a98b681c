import { createHmac } from 'node:crypto';
import type { HttpIn } from '@musterhq/chat-port';
import { isFromSlack } from './signature.ts';

const SECRET = 'a-signing-secret';
const NOW = 1_700_000_000_000;

function request(o: { at?: number; secret?: string; body?: string; headers?: Record<string, string> } = {}): HttpIn {
  const stamp = String(Math.floor((o.at ?? NOW) / 1000));
  const body = o.body ?? '{"type":"event_callback"}';
  const signature = `v0=${createHmac('sha256', o.secret ?? SECRET)
    .update(`v0:${stamp}:${body}`)
    .digest('hex')}`;
  const headers = o.headers ?? { 'X-Slack-Request-Timestamp': stamp, 'X-Slack-Signature': signature };
  return { method: 'POST', path: '/hooks/slack', headers, body: Buffer.from(body), now: NOW };
}

describe('Letting only Slack in', () => {
  it('takes what Slack signed within five minutes, either way', () => {
    expect(isFromSlack(request(), SECRET)).toBe(true);
    expect(isFromSlack(request({ at: NOW - 299_000 }), SECRET)).toBe(true);
    expect(isFromSlack(request({ at: NOW + 299_000 }), SECRET)).toBe(true);
  });

  it('refuses what is older', () => {
    expect(isFromSlack(request({ at: NOW - 302_000 }), SECRET)).toBe(false);
  });

  it('refuses what comes from the future, which Bolt would take', () => {
    expect(isFromSlack(request({ at: NOW + 302_000 }), SECRET)).toBe(false);
  });

  it('refuses another secret, and an empty one', () => {
    expect(isFromSlack(request({ secret: 'another' }), SECRET)).toBe(false);
    expect(isFromSlack(request({ secret: '' }), '')).toBe(false);
  });

  it('refuses a body that was changed', () => {
    expect(isFromSlack({ ...request(), body: Buffer.from('{"type":"other"}') }, SECRET)).toBe(false);
  });

  it('takes a body with any characters in it', () => {
    expect(isFromSlack(request({ body: '{"text":"é 👩‍👩‍👧 \u202e"}' }), SECRET)).toBe(true);
  });

  it('refuses a stamp that is no plain number, though the same number was signed', () => {
    const stamped = request();
    const headers = { ...stamped.headers, 'X-Slack-Request-Timestamp': '1.7e9' };
    expect(isFromSlack({ ...stamped, headers }, SECRET)).toBe(false);
  });

  it.each([
    ['nothing', {}],
    ['no stamp', { 'x-slack-signature': 'v0=00' }],
    ['a signature of another version', { 'x-slack-request-timestamp': String(NOW / 1000), 'x-slack-signature': 'v1=00' }],
    ['a signature without a hash', { 'x-slack-request-timestamp': String(NOW / 1000), 'x-slack-signature': 'v0' }],
  ])('refuses headers with %s', (_, headers) => {
    expect(isFromSlack(request({ headers: headers as Record<string, string> }), SECRET)).toBe(false);
  });
});
