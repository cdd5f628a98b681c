import { problemIn } from './problem-in.ts';

describe('A problem in one line', () => {
  it('names the kind, the code and the place, and none of the words', () => {
    const line = problemIn(Object.assign(new TypeError('secret words'), { code: 'ECONNRESET' }));

    expect(line).toMatch(/^TypeError, ECONNRESET, at .*problem-in\.spec/);
    expect(line).not.toContain('secret');
  });

  it('says something of what is no error, and is never long', () => {
    expect(problemIn('secret')).toBe('string');
    expect(problemIn(Object.assign(new Error('x'), { code: '42P01', message: 'y'.repeat(2_000) })).length).toBeLessThanOrEqual(500);
  });
});
