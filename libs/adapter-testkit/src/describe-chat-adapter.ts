import { CASES } from './cases/all.ts';
import { CASE_MS, declarationsOf, runCase } from './run-case.ts';
import type { Suite } from './suite.ts';

export interface Described extends Suite {
  /** The runner's own functions, when they are not global. */
  readonly runner?: Runner;
}

/** What the kit needs of a test runner: jest, vitest and the like have it. */
export interface Runner {
  describe(title: string, body: () => void): unknown;
  it: ((title: string, body: () => Promise<void>, timeoutMs?: number) => unknown) & {
    skip(title: string, body: () => Promise<void>): unknown;
  };
}

/**
 * Registers the contract's cases for one adapter as a suite. Await it at the top of a spec file.
 *
 * A harness is started once beforehand, to ask what the adapter declares; a case about something that it does not have
 * is skipped, with the reason in its title. Each other case gets a harness of its own. Rejects, and so fails the file,
 * when the first harness cannot be started.
 */
export async function describeChatAdapter({ name, start, runner = globalThis as unknown as Runner }: Described): Promise<void> {
  const declared = await declarationsOf(start);
  const { describe, it } = runner;

  describe(`The chat adapter ${name}`, () => {
    for (const one of CASES) {
      const why = one.notFor?.(declared);
      const title = `[${one.rule}] ${one.title}`;
      if (why === undefined) it(title, () => runCase(one, start), CASE_MS);
      else it.skip(`${title} (not applicable: ${why})`, () => Promise.resolve());
    }
  });
}
