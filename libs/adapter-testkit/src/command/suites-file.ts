import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Suite } from '../suite.ts';
import { Misunderstood } from './misunderstood.ts';

/** The `SUITES` of a module. Throws `Misunderstood` when there is no such file, when it does not load, or exports none. */
export async function suitesIn(file: string, from: string): Promise<readonly Suite[]> {
  const path = resolve(from, file);
  if (!existsSync(path)) throw new Misunderstood(`There is no file ${path}. Compile first, then name the JavaScript that came of it.`);
  const suites = await loaded(path);
  if (isSuites(suites)) return suites;
  throw new Misunderstood(`${path} exports no suites. It has to: export const SUITES = [{ name: 'my-chat', start: myHarness }];`);
}

async function loaded(path: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(path).href)) as { SUITES?: unknown }).SUITES;
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Misunderstood(`${path} does not load, so nothing was tried. Where it is TypeScript, name what was compiled of it.\n${why}`);
  }
}

const isSuites = (value: unknown): value is readonly Suite[] =>
  Array.isArray(value) && value.length > 0 && value.every((one: Partial<Suite>) => typeof one.start === 'function');
