import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** SQL is read from where it is written: the compiler copies no files that are not TypeScript. */
const HERE = dirname(fileURLToPath(import.meta.url));
export const MIGRATIONS = join(
  HERE.includes(`${sep}dist${sep}src${sep}`) ? HERE.replace(`${sep}dist${sep}src${sep}`, `${sep}src${sep}`) : HERE,
  'migrations',
);

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, kept with its row: what ran once is never edited. */
  readonly hash: string;
  /** The index that it builds beside what goes on (`create index concurrently`): then it does nothing else. */
  readonly index: string | null;
}

const BESIDE = /^create (?:unique )?index concurrently (\w+)/im;

/** Every migration there is, in order. A checkout that changes the ends of lines changes nothing. */
export async function readMigrations(folder = MIGRATIONS): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex'), index: BESIDE.exec(sql)?.[1] ?? null };
    }),
  );
}
