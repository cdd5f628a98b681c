import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '#src/platform/processes/refusal';
import { type Migration, readMigrations } from './migrations.ts';

/** Any constant will do, as long as every Muster process uses the same. */
const MIGRATION_LOCK = 7_261_001;
const WAIT_FOR_ANOTHER_MS = 120_000;
const ASK_AGAIN_MS = 100;

/** A migration that already ran was edited. Old migrations are history; a change is a new file. */
export class MigrationChanged extends Refusal {
  constructor(readonly migration: string) {
    super(
      `The migration ${migration} has been edited after it ran on this database. Put the file back as it was, and the change in a new file.`,
    );
    this.name = 'MigrationChanged';
  }
}

/** The database knows a migration that this Muster does not: mostly an old Muster on the database of a newer one. */
export class MigrationMissing extends Refusal {
  constructor(readonly migration: string) {
    super(
      `The migration ${migration} ran on this database, and this Muster does not have that file. Start the Muster that has it, most likely a newer one, or restore a backup from before it ran.`,
    );
    this.name = 'MigrationMissing';
  }
}

/** Another process has been at it for longer than anybody should wait. */
export class MigrationBusy extends Refusal {
  constructor() {
    super(
      `Another process has been bringing this database up to date for more than ${WAIT_FOR_ANOTHER_MS / 1000} s. Let it end, or end it, and start again.`,
    );
    this.name = 'MigrationBusy';
  }
}

/**
 * Brings the database to the newest shape, each file in its own transaction, but for one that builds an index. Several processes may call it at the same
 * time: one works, the others wait and then find nothing to do. One that is killed in the middle leaves whole files only,
 * and the next goes on. Calling it again changes nothing.
 *
 * Files run in the order of their names, except that one which arrives late, with a lower number than the last that ran
 * (two branches, merged in the other order), runs when it arrives.
 *
 * @throws MigrationChanged, MigrationMissing, MigrationBusy; in all three nothing was changed
 */
export async function migrate(url: string, folder?: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'muster migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeTurn(client);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())',
    );
    return { applied: await applyMissing(client, await readMigrations(folder)) };
  } finally {
    await client.end();
  }
}

/**
 * The lock is the connection's: it is free again when the process that holds it ends, however it ends. It is asked for again
 * and again, because a question that waits for it would be waited for by an index that is built beside what goes on.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  const end = performance.now() + WAIT_FOR_ANOTHER_MS;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [MIGRATION_LOCK]);
    if (rows[0]?.mine) return;
    if (performance.now() > end) throw new MigrationBusy();
    await sleep(ASK_AGAIN_MS);
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const missing = missingFrom(migrations, await ranOn(client));
  for (const migration of missing) {
    const { index } = migration;
    await (index === null ? apply(client, migration) : buildIndex(client, migration, index));
  }
  return missing.map(({ name }) => name);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await remember(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Beside what goes on, so in no transaction: what an attempt that was broken off left is taken away, and it is built anew. */
async function buildIndex(client: pg.Client, migration: Migration, index: string): Promise<void> {
  await client.query(`drop index concurrently if exists ${index}`);
  await client.query(migration.sql);
  await remember(client, migration);
}

const remember = (client: pg.Client, { name, hash }: Migration): Promise<unknown> =>
  client.query('insert into migration (name, hash) values ($1, $2)', [name, hash]);

/** By name, the checksum of each migration as it ran. */
async function ranOn(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration order by name');
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** History is looked at as a whole before anything is added to it. */
function missingFrom(migrations: readonly Migration[], ran: ReadonlyMap<string, string>): readonly Migration[] {
  const files = new Map(migrations.map(({ name, hash }) => [name, hash]));
  for (const [name, hash] of ran) {
    const now = files.get(name);
    if (now === undefined) throw new MigrationMissing(name);
    if (now !== hash) throw new MigrationChanged(name);
  }
  return migrations.filter(({ name }) => !ran.has(name));
}
