// What a browser loads, gzipped, over Vite's manifest: for the room at once, and all together. Fails over the budgets.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../../../dist/web/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const budgets = { room: 110, all: 170 };

const weigh = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024, 0);

function reach(key, dynamic, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const next of [...(chunk.imports ?? []), ...(dynamic ? (chunk.dynamicImports ?? []) : [])]) reach(next, dynamic, seen);
  return seen;
}

const scripts = (keys) => new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')));
const room = weigh(scripts(reach('index.html', false)));
const all = weigh(scripts(reach('index.html', true)));
const styles = weigh(new Set([...reach('index.html', true)].flatMap((key) => manifest[key].css ?? [])));
console.log(`room ${room.toFixed(1)} KB of ${budgets.room}, all ${all.toFixed(1)} KB of ${budgets.all}, styles ${styles.toFixed(1)} KB`);
process.exitCode = room <= budgets.room && all <= budgets.all ? 0 : 1;
