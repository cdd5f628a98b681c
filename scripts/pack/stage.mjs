import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesIn } from '../prepare/fingerprint.mjs';
import { inProject } from '../prepare/project.mjs';
import { pagesOf } from './pages.mjs';

/** Puts a library of `libs` into a folder as its package: what was built of it, its pages, the licence, and nothing else. */
export function stage(name, folder) {
  const from = `libs/${name}`;
  for (const file of filesIn([`${from}/dist`]).filter((one) => /\.(js|d\.ts)$/.test(one)))
    put(join(folder, file.slice(from.length)), built(file));
  for (const [page, text] of pagesOf(name)) put(join(folder, page), text);
  copyFileSync(inProject('LICENSE'), join(folder, 'LICENSE'));
  put(join(folder, 'package.json'), `${JSON.stringify(published(JSON.parse(read(`${from}/package.json`))), null, 2)}\n`);
}

/** A map is of no use without the sources that it points to. */
const built = (file) => read(file).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');

/** The sources stay here, so nothing may lead to them: some bundlers take `source` wherever they find it. */
function published({ exports, files: _all, ...manifest }) {
  return { ...manifest, exports: Object.fromEntries(Object.entries(exports).map(([path, { source: _, ...rest }]) => [path, rest])) };
}

const read = (file) => readFileSync(inProject(file), 'utf8');

function put(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
