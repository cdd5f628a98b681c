import { parseArgs } from 'node:util';
import type { Case } from '../case.ts';
import { CASES } from '../cases/all.ts';
import { FAKE_SUITES } from '../fake/fake-suites.ts';
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
} as const;

const FAKE = 'fake';
const RULES = [...new Set(CASES.map(({ rule }) => rule))];

/** Throws `Misunderstood`, which says what there is, when something that is asked for is not. */
export async function askedOf(args: readonly string[], program: Program): Promise<Asked> {
  const { values, positionals } = parsed(args, program);
  const [named, ...rest] = positionals;
  if (named === undefined || rest.length > 0) throw new Misunderstood(`Name one adapter: ${usageOf(program)}\n${program.choice}`);
  const suites = named === FAKE ? FAKE_SUITES : await program.suitesOf(named);
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

const usageOf = ({ call }: Program): string => `${call} [--rule CP3] [--mutant CP3 | --mutants] [--json FILE]`;
