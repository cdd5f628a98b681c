import type { Conformance, Finding } from './conformance.ts';

/** Of a long reason, such as a counterexample, this many lines are shown. The whole is in the finding. */
const REASON_LINES = 8;

/** The findings as a person reads them in a terminal: a line a case with its reason below, and the sum at the end. */
export function tableOf({ adapter, passed, failed, notApplicable, broken, findings, warnings }: Conformance): string {
  const sum = `${passed} passed, ${failed} failed${failed > 0 ? ` (${broken.join(', ')})` : ''}, ${notApplicable} not applicable`;
  const warned = warnings.flatMap((warning) => ['', `Warning: ${warning}`]);
  return [adapter, '', ...findings.flatMap(linesOf), ...warned, '', `${adapter}: ${sum}`].join('\n');
}

const INDENT = ' '.repeat(22);
const SHOWN = { passed: 'passed', failed: 'FAILED', 'not applicable': 'not applicable' } as const;

function linesOf({ rule, outcome, title, reason }: Finding): string[] {
  const line = `${rule.padEnd(6)}${SHOWN[outcome].padEnd(16)}${title}`;
  const reasons = reason?.trim().split('\n').slice(0, REASON_LINES) ?? [];
  return [line, ...reasons.map((words) => `${INDENT}${words}`)];
}
