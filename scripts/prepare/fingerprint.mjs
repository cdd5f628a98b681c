import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

/**
 * A hash over the names and contents of files: it changes when one is edited, added, moved or removed, and not
 * when git merely writes it again. Paths are relative to the project; folders are walked; what is absent counts as absent.
 */
export function fingerprint(paths, { root = ROOT, skip = () => false } = {}) {
  const hash = createHash('sha256');
  for (const file of filesIn(paths, { root, skip })) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Files only, sorted, relative to the root, written with forward slashes. */
export function filesIn(paths, { root = ROOT, skip = () => false } = {}) {
  return paths.flatMap((path) => walk(root, path, skip)).sort();
}

function walk(root, path, skip) {
  if (skip(path)) return [];
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => walk(root, `${path}/${name}`, skip));
}
