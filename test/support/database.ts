import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database } from '#src/platform/database/database';
import { migrate } from '#src/platform/database/migrate';
import { readMigrations } from '#src/platform/database/migrations';

const TEMPLATE_LOCK = 7_261_002;

/**
 * A database of one's own, copied from a template that is migrated once a run: some tenths of a second each, and files
 * run side by side without seeing each other.
 */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = serverOfTheRun();
  const template = await templateOn(server);
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  return { url: new URL(name, server).href, drop: dropping(server, name) };
}

/** A database with nothing in it at all, no table either. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = serverOfTheRun();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, (client) => client.query(`create database ${name}`));
  return { url: new URL(name, server).href, drop: dropping(server, name) };
}

/** An open `Database` on a fresh one, for tests that need no more of the product than that. */
export async function openDatabase(): Promise<{ database: Database; url: string; close: () => Promise<void> }> {
  const { url, drop } = await freshDatabase();
  const source = await new DataSource(dataSourceOptions(url)).initialize();
  return {
    database: new Database(source),
    url,
    close: async () => {
      await source.destroy();
      await drop();
    },
  };
}

function serverOfTheRun(): string {
  const server = process.env['TEST_PG_URL'];
  if (!server) throw new Error('TEST_PG_URL is not set: run this file through a jest project with the database set up.');
  return server;
}

const dropping = (server: string, name: string) => async (): Promise<void> => {
  await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
};

async function templateOn(server: string): Promise<string> {
  const migrations = await readMigrations();
  const hash = createHash('sha256')
    .update(migrations.map(({ hash }) => hash).join())
    .digest('hex')
    .slice(0, 16);
  const name = `muster_template_${hash}`;
  await onServer(server, async (client) => {
    // Two files may be the first at once: one makes it, the other waits for it.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    await client.query(`create database ${name}_making`);
    await migrate(new URL(`${name}_making`, server).href);
    await client.query(`alter database ${name}_making rename to ${name}`);
  });
  return name;
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: new URL('postgres', server).href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
