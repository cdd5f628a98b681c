import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checksums of the migrations that were released, beside them. */
const FROZEN = 'checksums.json';

/** What was released and is not any more what it was, a sentence each. */
export function thawed(folder) {
  const now = checksums(folder);
  return Object.entries(frozenIn(folder)).flatMap(([name, released]) => {
    if (now[name] === released) return [];
    return now[name] === undefined
      ? [`${name} was released and is gone. Put it back: databases out there have run it.`]
      : [`${name} was released and has been edited. Put it back as it was, and the change in a new file.`];
  });
}

/** Part of a release: from now on the migrations that exist stay as they are. Answers those that are new. */
export function freeze(folder) {
  const problems = thawed(folder);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const [before, now] = [frozenIn(folder), checksums(folder)];
  writeFileSync(join(folder, FROZEN), `${JSON.stringify(now, null, 2)}\n`);
  return Object.keys(now).filter((name) => !(name in before));
}

/** As `readMigrations` counts them: a checkout that changes the ends of lines changes nothing. */
function checksums(folder) {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const hashOf = (name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
      .digest('hex');
  return Object.fromEntries(names.map((name) => [name, hashOf(name)]));
}

function frozenIn(folder) {
  return JSON.parse(readFileSync(join(folder, FROZEN), 'utf8'));
}
