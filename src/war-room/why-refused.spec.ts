import type { Fault } from '@musterhq/chat-port';
import { whyRefused } from './why-refused.ts';

const fault = (code: Fault['code'], more: Partial<Fault> = {}): Fault => ({ code, scope: 'room', ...more });

describe('Saying why a chat did not take something', () => {
  it('says what a person can do about it, by what the chat itself advises first', () => {
    expect(whyRefused(fault('not-found', { remedy: 'invite-bot' }), 'Slack')).toBe('Muster is not in that room: invite it there.');
    expect(whyRefused(fault('too-large'), 'Slack')).toBe('It is too long for Slack: send it in shorter messages.');
    expect(whyRefused(fault('closed'), 'Slack')).toBe('That room is archived: open it again there.');
    expect(whyRefused(fault('closed', { scope: 'message' }), 'Slack')).toBe('It is too late for Slack: say it anew.');
  });

  it('says so where the chat gave no reason', () => {
    expect(whyRefused(null, 'Slack')).toBe('Slack did not say why.');
    expect(whyRefused(fault('conflict', { remedy: 'wait' }), 'Slack')).toBe('Slack did not say why.');
  });
});
