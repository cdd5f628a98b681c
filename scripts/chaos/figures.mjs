// Measures goals of docs/reliability.md, each by the function that test/chaos/figures has for it, and keeps what came of them.
import { readdir } from 'node:fs/promises';
import { inProject } from '../prepare/project.mjs';
import { keepFigure } from './reliability.mjs';

const FIGURES = 'test/chaos/figures';

/** By goal, from every file of the folder. */
export async function allFigures() {
  const files = (await readdir(inProject(FIGURES))).filter((file) => /\.(ts|mjs)$/.test(file) && !/\.(types|spec)\.ts$/.test(file));
  const built = (file) => (file.endsWith('.mjs') ? inProject(FIGURES, file) : inProject('dist', FIGURES, file.replace(/ts$/, 'js')));
  const all = await Promise.all(files.map((file) => import(built(file))));
  return Object.assign({}, ...all.map(({ figures }) => figures ?? {}));
}

/** Whether every goal was met. What a small measurement comes to is said and not kept. */
export async function measure(figures, { seed, isSmall }) {
  const { durableDatabase } = await import('../../test/bench/support.mjs');
  let all = true;
  for (const [name, figureOf] of Object.entries(figures)) {
    const began = Date.now();
    const figure = await figureOf({ seed, isSmall, durableDatabase });
    const seconds = Math.round((Date.now() - began) / 1_000);
    console.log(`${figure.pass ? 'met ' : 'MISS'}  ${name}  ${figure.measured}  (${figure.goal}; seed ${seed}, ${seconds} s)`);
    if (!isSmall) keepFigure(name, figure, `npm run chaos -- ${name}`);
    all &&= figure.pass;
  }
  return all;
}
