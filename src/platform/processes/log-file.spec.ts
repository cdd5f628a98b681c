import { forTerminal } from './log-file.ts';

describe('Showing a log line at the terminal', () => {
  it('says when, how bad, what and why', () => {
    const line = '{"level":50,"time":"2026-11-21T09:47:11.123Z","pid":7,"err":{"message":"socket hang up"},"msg":"delivery failed"}';

    expect(forTerminal(line)).toBe('09:47:11 error: delivery failed: socket hang up');
  });

  it('leaves alone what is not a log line', () => {
    expect(forTerminal('    at main.ts:3')).toBe('    at main.ts:3');
    expect(forTerminal('{ not json')).toBe('{ not json');
  });
});
