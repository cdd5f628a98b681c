import { within } from './acts.ts';
import type { Case, Rule } from './case.ts';
import { CASES } from './cases/all.ts';
import { reasonOf } from './reason-of.ts';
import { CASE_MS, declarationsOf, runCase } from './run-case.ts';
import { type Strays, watchStrays } from './strays.ts';
import type { Suite } from './suite.ts';
import { warningsOf } from './warnings.ts';

/** A case, ready to be run. */
export interface Trial extends Pick<Case, 'id' | 'rule' | 'title' | 'notFor'> {
  /** Rejects with the reason when it fails. */
  run(): Promise<void>;
}

/** How far one adapter keeps the contract. Plain JSON. */
export interface Conformance {
  /** The suite's name. */
  readonly adapter: string;
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
  /** The rules that are broken, each once, in the contract's order. */
  readonly broken: readonly Rule[];
  readonly findings: readonly Finding[];
  /** What keeps the contract, and leaves the adapter of little use. */
  readonly warnings: readonly string[];
}

/** What came of one case. */
export interface Finding {
  readonly id: string;
  readonly rule: Rule;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not applicable';
  /** Why it failed, or why it says nothing about this adapter. */
  readonly reason?: string;
  readonly ms: number;
}

/**
 * Tries the cases on one adapter, one after the other, each on a harness of its own: what `describeChatAdapter` does, without
 * a test runner. Rejects only when the first harness, which is asked what the adapter declares, does not start. What nobody catches
 * meanwhile fails the case that is being tried, and does not end the process.
 */
export async function conformanceOf(suite: Suite, cases: readonly Case[] = CASES): Promise<Conformance> {
  return outcomeOf(
    suite,
    cases.map((one) => ({ ...one, run: () => runCase(one, suite.start) })),
  );
}

/** Runs one after the other what applies to the adapter of this suite. */
export async function outcomeOf(suite: Suite, trials: readonly Trial[]): Promise<Conformance> {
  const strays = watchStrays();
  try {
    return await outcomeAmid(strays, suite, trials);
  } finally {
    strays.ignore();
  }
}

async function outcomeAmid(strays: Strays, { name, start }: Suite, trials: readonly Trial[]): Promise<Conformance> {
  const declared = await within(CASE_MS, 'the first harness to start', declarationsOf(start));
  const findings: Finding[] = [];
  for (const one of trials) {
    const why = one.notFor?.(declared);
    findings.push(why === undefined ? await tried(one, strays) : finding(one, 'not applicable', 0, why));
  }
  const count = (outcome: Finding['outcome']): number => findings.filter((f) => f.outcome === outcome).length;
  return {
    adapter: name,
    passed: count('passed'),
    failed: count('failed'),
    notApplicable: count('not applicable'),
    broken: [...new Set(findings.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule))],
    findings,
    warnings: warningsOf(declared),
  };
}

async function tried(one: Trial, strays: Strays): Promise<Finding> {
  const began = performance.now();
  const reasons = await within(CASE_MS, 'the case to end', one.run()).then(
    (): string[] => [],
    (error: unknown) => [reasonOf(error)],
  );
  const spent = Math.round(performance.now() - began);
  for (const stray of await strays.taken())
    reasons.push(`Nobody caught this error, in the adapter or in the simulator, and it would end the process: ${reasonOf(stray)}`);
  return reasons.length > 0 ? finding(one, 'failed', spent, reasons.join('\n')) : finding(one, 'passed', spent);
}

const finding = ({ id, rule, title }: Trial, outcome: Finding['outcome'], ms: number, reason?: string): Finding => ({
  id,
  rule,
  title,
  outcome,
  ...(reason !== undefined && { reason }),
  ms,
});
