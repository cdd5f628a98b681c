import { type Failure, outcomeOf } from './slack-faults.ts';

const says = (error: unknown, method = 'chat.postMessage'): ReturnType<typeof outcomeOf> => outcomeOf({ kind: 'answer', error }, method);

describe('Telling how a call to Slack ended', () => {
  it.each([
    ['token_revoked', 'auth', 'tenant', 'reauthorize'],
    ['account_inactive', 'auth', 'tenant', 'reauthorize'],
    ['missing_scope', 'forbidden', 'tenant', 'reinstall'],
    ['channel_not_found', 'not-found', 'room', 'invite-bot'],
    ['not_in_channel', 'forbidden', 'room', 'invite-bot'],
    ['msg_too_long', 'too-large', 'message', 'shorten'],
    ['restricted_action', 'forbidden', 'room', 'ask-admin'],
  ])('%s is refused as %s, for the %s, with what to do', (native, code, scope, remedy) => {
    expect(says(native)).toMatchObject({ outcome: 'refused', fault: { code, scope, remedy, native } });
  });

  it('an archived channel stops the room, not the workspace', () => {
    expect(says('is_archived')).toMatchObject({ outcome: 'refused', fault: { code: 'closed', scope: 'room' } });
  });

  it('a refusal nobody has met yet concerns the one message', () => {
    expect(says('brand_new_reason')).toMatchObject({
      outcome: 'refused',
      fault: { code: 'invalid', scope: 'message', native: 'brand_new_reason' },
    });
  });

  it.each(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])('%s may have been done all the same', (error) => {
    expect(says(error)).toMatchObject({ outcome: 'unknown' });
  });

  it.each([undefined, null, 42, '<html>502</html>', 'Something went wrong'])(
    'an answer that is none of Slack’s (%p) says nothing',
    (error) => {
      expect(says(error)).toMatchObject({ outcome: 'unknown', fault: { code: 'protocol' } });
    },
  );

  it('a 429 to a post concerns one channel, with its delay', () => {
    expect(outcomeOf({ kind: 'status', status: 429, retryAfterMs: 3_000 }, 'chat.postMessage')).toEqual({
      outcome: 'refused',
      fault: { code: 'rate-limited', scope: 'room', remedy: 'wait', native: 'http 429', retryAfterMs: 3_000 },
    });
  });

  it('a 429 to anything else concerns the workspace, and may name no delay', () => {
    const ended = outcomeOf({ kind: 'status', status: 429 }, 'conversations.history');
    expect(ended).toMatchObject({ outcome: 'refused', fault: { code: 'rate-limited', scope: 'tenant' } });
    expect(ended).not.toHaveProperty('fault.retryAfterMs');
  });

  it.each([500, 502, 503, 504])('a %i may come after it was done', (status) => {
    expect(outcomeOf({ kind: 'status', status }, 'chat.postMessage')).toMatchObject({ outcome: 'unknown', fault: { code: 'unavailable' } });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
    '%s means that nothing was sent',
    (code) => {
      expect(outcomeOf(network({ code }), 'chat.postMessage')).toMatchObject({
        outcome: 'refused',
        fault: { code: 'unavailable', native: code },
      });
    },
  );

  it('a refused connection is known too when the name had several addresses', () => {
    const cause = { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }] };
    expect(outcomeOf(network(cause), 'chat.postMessage')).toMatchObject({ outcome: 'refused' });
  });

  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'])('%s may come after the bytes were sent', (code) => {
    expect(outcomeOf(network({ code }), 'chat.postMessage')).toMatchObject({ outcome: 'unknown' });
  });

  it('a call given up may have been done', () => {
    expect(outcomeOf({ kind: 'aborted' }, 'chat.postMessage')).toMatchObject({ outcome: 'unknown', fault: { code: 'timeout' } });
  });
});

const network = (cause: object): Failure => ({ kind: 'network', error: Object.assign(new TypeError('fetch failed'), { cause }) });
