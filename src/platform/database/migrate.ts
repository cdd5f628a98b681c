import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** SQL is read from where it is written: the compiler copies no files that are not TypeScript. */
const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(
  HERE.includes(`${sep}dist${sep}src${sep}`) ? HERE.replace(`${sep}dist${sep}src${sep}`, `${sep}src${sep}`) : HERE,
  'migrations',
);
/** Any constant will do, as long as every Muster process uses the same. */
const MIGRATION_LOCK = 7_261_001;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/** A migration that already ran was edited. Old migrations are history; a change is a new file. */
export class MigrationChanged extends Error {
  constructor(readonly migration: string) {
    super(`The migration ${migration} has been edited after it ran on this database. Restore that file and put the change in a new one.`);
    this.name = 'MigrationChanged';
  }
}

export async function readMigrations(folder = FOLDER): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}/${name}`, 'utf8');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the newest shape, each file in its own transaction. Several processes may call it at the same
 * time: one works, the others wait and then find nothing to do. Calling it again changes nothing.
 *
 * @throws MigrationChanged
 */
export async function migrate(url: string, folder = FOLDER): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())',
    );
    return { applied: await applyMissing(client, await readMigrations(folder)) };
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration');
  const known = new Map(rows.map((row) => [row.name, row.hash]));
  const applied: string[] = [];

  for (const { name, sql, hash } of migrations) {
    const ranAs = known.get(name);
    if (ranAs === hash) continue;
    if (ranAs !== undefined) throw new MigrationChanged(name);

    await client.query('begin');
    try {
      await client.query(sql);
      await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
    applied.push(name);
  }
  return applied;
}
