import { parseArgs } from 'node:util';
import type { Case } from '../case.ts';
import { CASES } from '../cases/all.ts';
import { FAKE_SUITES } from '../fake/fake-suites.ts';
import { checkImmune } from '../mutants/immune.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { MUTANTS } from '../mutants/mutants.ts';
import type { Suite } from '../suite.ts';
import { Misunderstood } from './misunderstood.ts';
import type { Program } from './program.ts';

/** What somebody wants to be tried. */
export interface Asked {
  readonly suites: readonly Suite[];
  readonly cases: readonly Case[];
  /** The mistake to plant first. */
  readonly mutant: Mutant | undefined;
  /** The mistakes to plant, one after the other, to see whether each is noticed. */
  readonly mutants: readonly Mutant[] | undefined;
  /** The file for what came of it. */
  readonly json: string | undefined;
}

const OPTIONS = {
  rule: { type: 'string' },
  mutant: { type: 'string' },
  mutants: { type: 'boolean' },
  json: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const FAKE = 'fake';
const RULES = [...new Set(CASES.map(({ rule }) => rule))];

/** Throws `Misunderstood`, which says what there is, when something that is asked for is not. `help` when that is all that is asked for. */
export async function askedOf(args: readonly string[], program: Program): Promise<Asked | 'help'> {
  const { values, positionals } = parsed(args, program);
  if (values.help) return 'help';
  const [named, ...rest] = positionals;
  if (named === undefined || rest.length > 0) throw new Misunderstood(`Name one adapter: ${usageOf(program)}\n${program.choice}`);
  const suites = named === FAKE ? FAKE_SUITES : await program.suitesOf(named);
  for (const suite of suites) checkImmune(suite);
  const ofRule = ({ rule }: { readonly rule: string }): boolean => values.rule === undefined || rule === values.rule.toUpperCase();
  const cases = CASES.filter(ofRule);
  if (cases.length === 0) throw new Misunderstood(`There is no rule ${values.rule}. There are: ${RULES.join(', ')}.`);
  const known = MUTANTS.filter(({ isOfTheFake }) => !isOfTheFake || named === FAKE);
  return {
    suites,
    cases,
    mutant: values.mutant === undefined ? undefined : mutantNamed(values.mutant, known, named),
    mutants: values.mutants ? known.filter(ofRule) : undefined,
    json: values.json,
  };
}

function parsed(args: readonly string[], program: Program) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new Misunderstood(`${(error as Error).message}\nIt is: ${usageOf(program)}`);
  }
}

/** By its id, or the first of a rule. */
function mutantNamed(name: string, known: readonly Mutant[], adapter: string): Mutant {
  const found = known.find(({ id }) => id === name.toLowerCase()) ?? known.find(({ rule }) => rule === name.toUpperCase());
  if (found) return found;
  const ids = known.map(({ id }) => id).join(', ');
  throw new Misunderstood(`There is no mutant ${name} for ${adapter}. There are: ${ids}. A rule alone means its first.`);
}

/** How it is called, and what each option does. */
export const helpOf = (program: Program): string =>
  [
    usageOf(program),
    '',
    program.choice,
    '',
    'Tries the cases of the ChatPort contract on the adapter, and shows what came of each. Ends with 0 when all that applies is kept,',
    'with 1 when something is broken, with 2 when it was not understood.',
    '',
    '  --rule CP3     only the cases of this rule',
    '  --mutants      plants the mistakes that adapters make, one at a time, to see that each would be noticed; with their ids',
    '  --mutant ID    plants one of them, or with a rule in its place the first of that rule, to see what is said then',
    '  --json FILE    keeps what came of it for a program to read',
    '  --help         shows this',
    '',
    `Rules: ${RULES.join(', ')}`,
  ].join('\n');

const usageOf = ({ call }: Program): string => `${call} [--rule CP3] [--mutant CP3 | --mutants] [--json FILE]`;
