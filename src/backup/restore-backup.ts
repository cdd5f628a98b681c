import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { migrate } from '#src/platform/database/migrate';
import { Refusal } from '#src/platform/processes/refusal';
import { afterRestore } from './after-restore.ts';
import { type Artifacts, type Contents, type Header, type Summary, summaryOf } from './backup.types.ts';
import { foreignKeysOf, migrationsHere, migrationsOf, tablesOf } from './catalogue.ts';
import { readThrough, verifyBackup } from './read-backup.ts';

export interface ToRestore {
  readonly url: string;
  readonly artifacts: Artifacts;
  readonly file: string;
  /** Replace what is in the database. Without it only an empty one is restored into. */
  readonly replace: boolean;
}

export interface Restored extends Summary {
  /** Posts to chats that were waiting in the backup, and now wait for a person. */
  readonly held: number;
  /** Tables in the backup that are none of Muster's. */
  readonly leftOut: readonly string[];
}

/**
 * Puts a backup back: every row, every counter, every artifact, in one transaction. The whole file is read and compared
 * with its checksums first; whatever is wrong, with the file or on the way, leaves the database as it was.
 *
 * Muster must not run meanwhile. @throws Refusal
 */
export async function restoreBackup({ url, artifacts, file, replace }: ToRestore): Promise<Restored> {
  const read = await verifyBackup(file);
  await sameSchema(file, read.header);
  const client = await connect(url);
  try {
    await nobodyElse(client);
    await mayBeReplaced(client, replace);
    await migrate(url);
    return await inOneTransaction(client, () => putBack(client, artifacts, file, read));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'muster restore' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '10s'; set datestyle = 'ISO, YMD'; set timezone = 'UTC'`,
  );
  return client;
}

/** @throws Refusal, which names the Muster that can do it */
async function sameSchema(file: string, { migrations, muster }: Header): Promise<void> {
  const here = await migrationsHere();
  const unknown = migrations.find(({ name, hash }) => !here.some((one) => one.name === name && one.hash === hash));
  if (unknown)
    throw new Refusal(
      `${file} was made by a Muster (${muster}) with the migration ${unknown.name}, which this one does not have in that form. Restore it with that Muster. Nothing was changed.`,
    );
  const missing = here.find(({ name }) => !migrations.some((one) => one.name === name));
  if (missing)
    throw new Refusal(
      `${file} was made by an older Muster (${muster}), before the migration ${missing.name}. Restore it with that Muster, then start this one, which brings the database up to date. Nothing was changed.`,
    );
}

/** A process that goes on writing would mix two histories. */
async function nobodyElse(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ processes: number }>(
    `select count(*)::int as processes from pg_stat_activity where datname = current_database() and application_name = 'muster'`,
  );
  const processes = rows[0]?.processes ?? 0;
  if (processes > 0)
    throw new Refusal(
      `Muster is running on this database (${processes} connections). Stop it on every machine, then restore again. Nothing was changed.`,
    );
}

/** Empty means that nobody would miss anything: no incident, no person, no chat. */
async function mayBeReplaced(client: pg.Client, replace: boolean): Promise<void> {
  if ((await migrationsOf(client)).length === 0) {
    const [other] = await tablesOf(client);
    if (other)
      throw new Refusal(
        `This database holds tables of something else (${other.name}). Give Muster a database of its own. Nothing was changed.`,
      );
    return;
  }
  if (replace) return;
  const { rows } = await client.query<{ incidents: number; people: number; chats: number }>(
    `select (select count(*)::int from incident) as incidents, (select count(*)::int from person) as people, (select count(*)::int from chat_instance) as chats`,
  );
  const { incidents, people, chats } = rows[0] ?? { incidents: 0, people: 0, chats: 0 };
  if (incidents + people + chats > 0)
    throw new Refusal(
      `This database is not empty: it has ${incidents} incidents, ${people} people and ${chats} chats. Restore into an empty one, or add --replace to lose what is in it. Nothing was changed.`,
    );
}

async function inOneTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error instanceof Refusal
      ? error
      : new Refusal(`The backup could not be put back: ${(error as Error).message}. Nothing was changed.`);
  }
}

async function putBack(
  client: pg.Client,
  artifacts: Artifacts,
  file: string,
  { header, contents }: { header: Header; contents: Contents },
): Promise<Restored> {
  const tables = (await tablesOf(client)).map(({ name }) => name);
  const ours = Object.keys(contents.tables).filter((name) => tables.includes(name));
  const quoted = ours.map((name) => client.escapeIdentifier(name));
  const keys = await foreignKeysOf(client);

  // Tables refer to each other in circles, so no order of filling them would do: the references are made again at the end.
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const table of quoted) await client.query(`alter table ${table} disable trigger user`);
  await client.query(`truncate ${quoted.join(', ')}`);
  // From here on a Muster that starts has to wait; one that started a moment ago is seen now.
  await nobodyElse(client);
  await fill(client, artifacts, file, contents, ours);
  for (const [name, { value, isCalled }] of Object.entries(contents.sequences))
    await client.query('select setval(to_regclass($1), $2, $3)', [client.escapeIdentifier(name), value, isCalled]);
  for (const table of quoted) await client.query(`alter table ${table} enable trigger user`);
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${name} ${definition}`);

  const { held } = await afterRestore(client);
  await client.query(`analyze ${quoted.join(', ')}`);
  const leftOut = Object.keys(contents.tables).filter((name) => !tables.includes(name));
  return { ...summaryOf(header, contents), held, leftOut };
}

/** Streams each table into one COPY, and each artifact into the store, as their pieces come. */
async function fill(client: pg.Client, artifacts: Artifacts, file: string, { tables }: Contents, ours: readonly string[]): Promise<void> {
  let current: { readonly of: string; take(bytes: Buffer): Promise<void>; end(): Promise<void> } | undefined;
  await readThrough(file, async ({ kind, name, bytes }) => {
    const of = `${kind} ${name}`;
    if (current?.of !== of) {
      await current?.end();
      current = undefined;
      if (kind === 'table' && !ours.includes(name)) return;
      current = { of, ...(kind === 'table' ? intoTable(client, name, tables[name]?.columns ?? []) : intoStore(artifacts, name)) };
    }
    await current.take(bytes);
  });
  await current?.end();
}

interface Sink {
  take(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

function intoTable(client: pg.Client, name: string, columns: readonly string[]): Sink {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const copy = client.query(from(`copy ${client.escapeIdentifier(name)} (${list}) from stdin`));
  const ended = finished(copy);
  ended.catch(() => undefined);
  return {
    take: async (bytes) => {
      if (!copy.write(bytes)) await Promise.race([once(copy, 'drain'), ended]);
    },
    end: async () => {
      copy.end();
      await ended;
    },
  };
}

/** Bytes that nothing names yet are harmless: should the transaction fail, the store forgets them by itself. */
function intoStore(artifacts: Artifacts, key: string): Sink {
  const bytes = new PassThrough().on('error', () => undefined);
  const kept = artifacts.put(key.split('.')[0] ?? key, bytes);
  kept.catch((error: Error) => bytes.destroy(error));
  return {
    take: async (chunk) => {
      if (!bytes.write(chunk)) await Promise.race([once(bytes, 'drain'), kept]);
    },
    end: async () => {
      bytes.end();
      const { key: now } = await kept;
      if (now !== key) throw new Error(`the artifact ${key} is kept as ${now}`);
    },
  };
}
