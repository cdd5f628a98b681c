import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Misunderstood } from '@musterhq/adapter-testkit';
import { inProject, isThere } from '../prepare/project.mjs';

/** Where an adapter keeps its harnesses: a module with `SUITES`. */
const suitesFile = (name) => join('adapters', name, 'test', 'suites.ts');

/** The adapters that can be tried: the kit's own `fake`, and every folder of `adapters` that has suites. */
export const adapterNames = () => ['fake', ...readdirSync(inProject('adapters')).filter((name) => isThere(suitesFile(name)))];

export async function suitesOf(name) {
  if (!adapterNames().includes(name)) throw new Misunderstood(`There is no adapter ${name}. There are: ${adapterNames().join(', ')}.`);
  return (await compiled(name)).SUITES;
}

/** Tests are not part of what `npm run build` builds, so an adapter's are built here. Packages stay what they are. */
async function compiled(name) {
  const folder = inProject('dist', 'kit');
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [inProject(suitesFile(name))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(outfile);
  }
}
