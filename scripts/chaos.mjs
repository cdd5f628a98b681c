// npm run chaos -- R7: measures one goal of docs/reliability.md, or several, and writes what came of each (test/chaos/figures).
// npm run chaos -- --seed 7 --schedules 20: bad minutes for real processes, drawn from the seed, and judged (test/chaos/processes).
import './node-version.mjs';
import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keepFigure } from './chaos/reliability.mjs';
import { inProject } from './prepare/project.mjs';
import { transpile } from './transpile.mjs';

const USAGE = `npm run chaos -- R5 R7                       measures these goals of docs/reliability.md, and writes what came of them
npm run chaos -- R5 --small                  a minute or less of it; nothing is written
npm run chaos -- --seed 7 --schedules 20     bad minutes for real processes, one after the other`;

/** Waits of the schedules are divided by this. */
const PACE = 100;
const FIGURES = 'test/chaos/figures';
const { values, positionals } = given();
const { prepare } = await import('./prepare/prepare.mjs');
if (!process.env.NO_PREPARE) await prepare();
await transpile((await Promise.all(['test/chaos', 'test/processes', 'test/support', 'test/notifications'].map(sourcesIn))).flat());

const seed = Number(values.seed ?? randomInt(2 ** 31));
const pass = positionals.length > 0 ? await measureAll(positionals) : await liveThrough(Number(values.schedules));
// What a process that was measured has left open must not keep this one.
process.exit(pass ? 0 : 1);

async function measureAll(names) {
  const figures = await allFigures();
  const unknown = names.filter((name) => !(name in figures));
  if (unknown.length > 0) end(`There is no figure for ${unknown.join(', ')}. There is one for ${Object.keys(figures).sort().join(', ')}.`);
  const { durableDatabase } = await import('../test/bench/support.mjs');
  let all = true;
  for (const name of names) {
    const began = Date.now();
    const figure = await figures[name]({ seed, isSmall: values.small, durableDatabase });
    const seconds = Math.round((Date.now() - began) / 1_000);
    console.log(`${figure.pass ? 'met ' : 'MISS'}  ${name}  ${figure.measured}  (${figure.goal}; seed ${seed}, ${seconds} s)`);
    if (!values.small) keepFigure(name, figure, `npm run chaos -- ${name}`);
    all &&= figure.pass;
  }
  return all;
}

/** By goal, from every file of the folder. */
async function allFigures() {
  const files = (await readdir(inProject(FIGURES))).filter((file) => /\.(ts|mjs)$/.test(file) && !/\.(types|spec)\.ts$/.test(file));
  const built = (file) => (file.endsWith('.mjs') ? inProject(FIGURES, file) : inProject('dist', FIGURES, file.replace(/ts$/, 'js')));
  const all = await Promise.all(files.map((file) => import(built(file))));
  return Object.assign({}, ...all.map(({ figures }) => figures ?? {}));
}

async function liveThrough(schedules) {
  const { liveThroughChaos } = await import(inProject('dist/test/chaos/processes/slack-chaos.js'));
  let broken = 0;
  const began = Date.now();
  for await (const lived of liveThroughChaos({ seed, schedules, pace: PACE }, console.log)) {
    const { breaches, memory, ...rest } = lived;
    broken += breaches.length;
    console.log(JSON.stringify({ ...rest, memory: Object.fromEntries(memory) }));
    for (const { invariant, what } of breaches) console.log(`${invariant} does not hold: ${what}`);
    if (breaches.length > 0) console.log(`npm run chaos -- --seed ${lived.seed} --schedules ${lived.schedules}`);
  }
  console.log(`${schedules} schedules from seed ${seed} on in ${Math.round((Date.now() - began) / 1_000)} s: ${broken} promises broken.`);
  return broken === 0;
}

async function sourcesIn(folder) {
  const files = await readdir(inProject(folder), { recursive: true });
  return files.filter((file) => file.endsWith('.ts') && !/\.(spec|fixture|d)\.ts$/.test(file)).map((file) => join(folder, file));
}

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        schedules: { type: 'string', default: '20' },
        small: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return end(error.message);
  }
}

function end(what) {
  console.error(`${what}\n\n${USAGE}`);
  process.exit(2);
}
