import { program } from './program.ts';
import { Refusal } from './refusal.ts';

describe('A command of the terminal that fails', () => {
  const said: string[] = [];
  const { error } = console;

  beforeAll(() => {
    console.error = (line: string) => void said.push(line);
  });
  afterAll(() => {
    console.error = error;
    process.exitCode = undefined;
  });

  it('says what to do where a person can put it right', async () => {
    await program(() => Promise.reject(new Refusal('Stop Muster first.')));

    expect([said.pop(), process.exitCode]).toEqual(['Stop Muster first.', 1]);
  });

  it('says the kind and the place of what nobody expected, and none of its words', async () => {
    await program(() => Promise.reject(new TypeError('canary: what somebody wrote')));

    const line = said.pop();
    expect(line).toMatch(/^It could not be done: TypeError\n {4}at .*program\.spec/);
    expect(line).not.toContain('canary');
  });
});
