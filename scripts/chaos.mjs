// npm run chaos -- R7: measures one goal of docs/reliability.md, or several, and writes what came of each.
// npm run chaos -- --seed 7 --schedules 20: bad minutes for real processes, drawn from the seed, and judged.
import './node-version.mjs';
import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allFigures, measure } from './chaos/figures.mjs';
import { liveThrough } from './chaos/schedules.mjs';
import { inProject } from './prepare/project.mjs';
import { transpile } from './transpile.mjs';

const USAGE = `npm run chaos -- R5 R7                       measures these goals of docs/reliability.md, and writes what came of them
npm run chaos -- R5 --small                  a minute or two of it; nothing is written
npm run chaos -- --seed 7 --schedules 20     bad minutes for real processes, one after the other`;

const { values, positionals } = given();
const { prepare } = await import('./prepare/prepare.mjs');
if (!process.env.NO_PREPARE) await prepare();
const own = ['test/chaos', 'test/processes', 'test/support', 'test/notifications', 'adapters/teams/test'];
await transpile((await Promise.all(own.map(sourcesIn))).flat());

const seed = Number(values.seed ?? randomInt(2 ** 31));
const pass =
  positionals.length > 0
    ? await measure(await named(positionals), { seed, isSmall: values.small })
    : await liveThrough({ seed, schedules: Number(values.schedules) });
// What a process that was measured has left open must not keep this one.
process.exit(pass ? 0 : 1);

async function named(names) {
  const figures = await allFigures();
  const unknown = names.filter((name) => !(name in figures));
  if (unknown.length > 0) end(`There is no figure for ${unknown.join(', ')}. There is one for ${Object.keys(figures).sort().join(', ')}.`);
  return Object.fromEntries(names.map((name) => [name, figures[name]]));
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
