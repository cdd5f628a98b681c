import type pg from 'pg';
import { type Migration, readMigrations } from '#src/platform/database/migrations';
import type { Header } from './backup.types.ts';

export interface Table {
  readonly name: string;
  /** Those that are computed from others are left out. */
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** What has run is compared, never copied: restoring into a database is no way to migrate it. */
const KEPT_BY_MIGRATE = 'migration';

/** Every table there is, from the database itself: a new one is in the next backup without anybody thinking of it. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> $1
      group by c.relname order by c.relname`,
    [KEPT_BY_MIGRATE],
  );
  return rows;
}

export async function foreignKeysOf(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace and conparentid = 0 order by 1, 2`,
  );
  return rows;
}

/** Where each counter stands: of serial and identity columns, and of those made by hand. */
export async function sequencesOf(client: pg.ClientBase): Promise<Record<string, { value: string; isCalled: boolean }>> {
  const { rows } = await client.query<{ name: string }>(
    'select sequencename as name from pg_sequences where schemaname = current_schema()',
  );
  const found: Record<string, { value: string; isCalled: boolean }> = {};
  for (const { name } of rows) {
    const { rows: standing } = await client.query<{ value: string; isCalled: boolean }>(
      `select last_value as value, is_called as "isCalled" from ${client.escapeIdentifier(name)}`,
    );
    if (standing[0]) found[name] = standing[0];
  }
  return found;
}

/** Every migration that ran there; none in a database that Muster has not been in. */
export async function migrationsOf(client: pg.ClientBase): Promise<Header['migrations']> {
  const { rows: there } = await client.query(`select where to_regclass('migration') is not null`);
  if (there.length === 0) return [];
  return (await client.query<{ name: string; hash: string }>('select name, hash from migration order by name')).rows;
}

export const migrationsHere = async (): Promise<Header['migrations']> =>
  (await readMigrations()).map(({ name, hash }: Migration) => ({ name, hash }));
