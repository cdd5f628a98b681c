import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const web = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${web}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;

/** A phone on a bad line, at the worst moment, must not wait for what it does not need yet. */
describe('What a browser has to load', () => {
  it('is at most 110 KB of script for the room', () => {
    expect(weight(scriptsOf(reached('index.html', { lazily: false })))).toBeLessThanOrEqual(110);
  });

  it('is at most 170 KB of script for everything', () => {
    expect(weight(scriptsOf(reached('index.html', { lazily: true })))).toBeLessThanOrEqual(170);
  });

  it('is the page that was built, and not nothing', () => {
    expect(weight(scriptsOf(reached('index.html', { lazily: false })))).toBeGreaterThan(50);
  });
});

/** The chunks that come with this one: at once, or also those that come when they are needed. */
function reached(name: string, { lazily }: { lazily: boolean }, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || seen.has(name)) return seen;
  seen.add(name);
  for (const next of [...(chunk.imports ?? []), ...(lazily ? (chunk.dynamicImports ?? []) : [])]) reached(next, { lazily }, seen);
  return seen;
}

const scriptsOf = (names: ReadonlySet<string>): Set<string> =>
  new Set([...names].flatMap((name) => manifest[name]?.file ?? []).filter((file) => file.endsWith('.js')));

/** In KB, compressed as it travels. */
const weight = (files: ReadonlySet<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`${web}${file}`), { level: 9 }).length / 1024, 0);
