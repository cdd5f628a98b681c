import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CASES, conformanceOf, planted, tableOf } from '@musterhq/adapter-testkit';
import { adapterNames, suitesOf } from './adapters.mjs';
import { mutantNamed, mutantNames } from './mutants.mjs';

const USAGE = 'npm run kit -- ADAPTER [--rule CP3] [--mutant CP3] [--json FILE]';

const OPTIONS = { rule: { type: 'string' }, mutant: { type: 'string' }, json: { type: 'string' } };
const RULES = [...new Set(CASES.map(({ rule }) => rule))];

/** What was asked for is not there. Its message says what is. */
class Misunderstood extends Error {}

/**
 * Tries one adapter, and resolves to the exit code. 0: all that applies is kept. 1: something is broken, and what was said names
 * the rules. 2: it was not understood what to try, and nothing was tried.
 */
export async function kit(args, { from, say }) {
  try {
    const { name, cases, mutant, json } = await asked(args);
    const adapters = [];
    for (const suite of await suitesOf(name)) {
      const start = mutant ? planted(suite.start, mutant) : suite.start;
      const conformance = await conformanceOf({ ...suite, start }, cases);
      say(`${tableOf(conformance)}\n`);
      adapters.push(conformance);
    }
    if (json !== undefined) writeFileSync(resolve(from, json), `${JSON.stringify(reportOf(adapters, mutant), null, 2)}\n`);
    if (mutant) say(aboutMutant(mutant, adapters));
    return adapters.some(({ failed }) => failed > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    say(error.message);
    return 2;
  }
}

async function asked(args) {
  const { values, positionals } = parsed(args);
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw new Misunderstood(`Name one adapter: ${USAGE}. There are: ${adapterNames().join(', ')}.`);
  if (!adapterNames().includes(name)) throw new Misunderstood(`There is no adapter ${name}. There are: ${adapterNames().join(', ')}.`);
  const cases = CASES.filter(({ rule }) => values.rule === undefined || rule === values.rule.toUpperCase());
  if (cases.length === 0) throw new Misunderstood(`There is no rule ${values.rule}. There are: ${RULES.join(', ')}.`);
  const mutant = values.mutant === undefined ? undefined : mutantNamed(name, values.mutant);
  if (values.mutant !== undefined && !mutant)
    throw new Misunderstood(
      `There is no mutant ${values.mutant} for ${name}. There are: ${mutantNames(name)}. A rule alone means its first.`,
    );
  return { name, cases, mutant, json: values.json };
}

function parsed(args) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new Misunderstood(`${error.message}\nIt is: ${USAGE}`);
  }
}

function reportOf(adapters, mutant) {
  return { ...(mutant && { mutant: { id: mutant.id, rule: mutant.rule, wrong: mutant.wrong } }), adapters };
}

function aboutMutant({ id, rule, wrong }, adapters) {
  const broken = [...new Set(adapters.flatMap((one) => one.broken))];
  const found = broken.length > 0 ? `The kit noticed: ${broken.join(', ')}.` : 'The kit did not notice.';
  return `Planted ${id}: an adapter that ${wrong}. It breaks ${rule}. ${found}`;
}
