import { forTerminal } from './log-file.ts';

describe('Showing a log line at the terminal', () => {
  it('says when, how bad, what and why', () => {
    const line =
      '{"level":"error","time":"2026-11-21T09:47:11.123Z","pid":7,"error":{"name":"Error","code":"ECONNRESET"},"msg":"loop failed"}';

    expect(forTerminal(line)).toBe('09:47:11 error: loop failed (Error, ECONNRESET)');
  });

  it('says what to do, where the line does', () => {
    const line = '{"level":"error","time":"2026-11-21T09:47:11.123Z","why":"IRC_TOKEN is not set.","msg":"chat is not configured"}';

    expect(forTerminal(line)).toBe('09:47:11 error: chat is not configured: IRC_TOKEN is not set.');
  });

  it('says where the last words of a process are', () => {
    const line =
      '{"level":"error","time":"2026-11-21T09:47:11.123Z","error":{"name":"TypeError"},"crashFile":"/data/logs/crash-1.jsonl","msg":"ended"}';

    expect(forTerminal(line)).toBe('09:47:11 error: ended (TypeError). What it did before is in /data/logs/crash-1.jsonl');
  });

  it('leaves alone what is not a log line', () => {
    expect(forTerminal('    at main.ts:3')).toBe('    at main.ts:3');
    expect(forTerminal('{ not json')).toBe('{ not json');
  });
});
