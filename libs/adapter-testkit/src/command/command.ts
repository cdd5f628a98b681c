import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Conformance, conformanceOf } from '../conformance.ts';
import { tableOf } from '../conformance-table.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { planted } from '../mutants/planted.ts';
import { watchfulnessOf } from '../mutants/watchfulness.ts';
import type { Suite } from '../suite.ts';
import { type Asked, askedOf, helpOf } from './asked.ts';
import { Misunderstood } from './misunderstood.ts';
import type { Program } from './program.ts';

/**
 * Tries what the arguments name, and resolves to the exit code. 0: all that applies is kept. 1: something is broken, and what was
 * said names the rules, or a harness did not start. 2: it was not understood what to try, and nothing was tried.
 */
export async function command(args: readonly string[], program: Program): Promise<0 | 1 | 2> {
  try {
    const asked = await askedOf(args, program);
    if (asked === 'help') {
      program.say(helpOf(program));
      return 0;
    }
    const adapters: Conformance[] = [];
    for (const suite of asked.suites) {
      if (asked.mutant) {
        const sound = await outcome(suite, { cases: asked.cases }, program);
        if (!sound) return 1;
        if (sound.failed > 0) program.say(`${failsAnyway(sound)}\n`);
      }
      const came = await outcome(suite, asked, program);
      if (!came) return 1;
      if (adapters.length > 0) program.say('');
      program.say(tableOf(came));
      adapters.push(came);
    }
    if (asked.json !== undefined) writeReport(resolve(program.from, asked.json), adapters, asked.mutant);
    if (asked.mutant) program.say(`\n${aboutMutant(asked.mutant, adapters)}`);
    return adapters.some(({ failed }) => failed > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    program.say(error.message);
    return 2;
  }
}

/** Nothing, when the first harness did not start, and then it was said why. */
async function outcome(
  suite: Suite,
  { cases, mutant, mutants }: Pick<Asked, 'cases'> & Partial<Asked>,
  { say }: Program,
): Promise<Conformance | undefined> {
  try {
    if (mutants) return await watchfulnessOf(suite, mutants);
    return await conformanceOf(mutant ? { ...suite, start: planted(suite.start, mutant) } : suite, cases);
  } catch (error) {
    if (error instanceof Misunderstood) throw error;
    say(`${suite.name}: its harness did not start, so nothing was tried. Its start has to resolve when the adapter can send.`);
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return undefined;
  }
}

function writeReport(file: string, adapters: readonly Conformance[], mutant: Mutant | undefined): void {
  const planted = mutant && { mutant: { id: mutant.id, rule: mutant.rule, wrong: mutant.wrong } };
  writeFileSync(file, `${JSON.stringify({ ...planted, adapters }, null, 2)}\n`);
}

function aboutMutant({ id, rule, wrong, caught }: Mutant, adapters: readonly Conformance[]): string {
  const broken = [...new Set(adapters.flatMap((one) => one.broken))];
  const watching = adapters.flatMap(({ findings }) => findings).filter((one) => one.id === caught);
  const reasons = watching.map(({ outcome, reason }) => (outcome === 'not applicable' ? reason : undefined));
  const missed = reasons.length > 0 && !reasons.includes(undefined) ? ` What looks for it is not applicable: ${reasons[0]}.` : '';
  const found = broken.length > 0 ? `The kit noticed: ${broken.join(', ')}.` : `The kit did not notice.${missed}`;
  return `Planted ${id}: an adapter that ${wrong}. It breaks ${rule}. ${found}`;
}

/** What fails anyway says nothing of the mistake. */
const failsAnyway = ({ adapter, broken }: Conformance): string =>
  `${adapter} fails also without a mistake in it: ${broken.join(', ')}. Run it without --mutant and repair that first; what follows says little.`;
