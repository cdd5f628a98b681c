import pg from 'pg';
import { type EmbeddedDatabase, startEmbedded } from '#src/platform/database/embedded/launcher';
import { Backoff } from './backoff.ts';
import { Refusal } from './refusal.ts';

export interface KeptDatabase {
  readonly url: string;
  /** A few words for the terminal. */
  readonly about: string;
  stop(): Promise<void>;
}

const CONNECT_WITHIN_MS = 5_000;
const OLDEST_SUPPORTED = 15;

/** The PostgreSQL named by DATABASE_URL, once it has answered. It is not ours to stop. */
export async function installedDatabase(url: string): Promise<KeptDatabase> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  const { host, port, database } = client;
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const version = rows[0]?.server_version ?? '';
    if (parseInt(version) < OLDEST_SUPPORTED)
      throw new Refusal(`The database at ${host}:${port} is PostgreSQL ${version}. Muster needs ${OLDEST_SUPPORTED} or newer.`);
    return { url, about: `${host}:${port}/${database}`, stop: async () => undefined };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${whatIsWrong(error, `${host}:${port}`, database)} Check DATABASE_URL.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Our own PostgreSQL, started again whenever it ends, on the same port: the processes reconnect by themselves.
 */
export async function ownDatabase(dataDir: string, heard: (news: string) => void): Promise<KeptDatabase> {
  const backoff = new Backoff();
  let stopped = false;
  let current = await startEmbedded({ dataDir }).catch(inOneLine);
  let restarting: Promise<void> = Promise.resolve();

  const watch = (server: EmbeddedDatabase, since: number): void => {
    void server.gone.then(() => {
      if (!stopped) restarting = restart(since);
    });
  };
  const restart = async (since: number): Promise<void> => {
    const noticed = Date.now();
    for (let wasUpFor = noticed - since; !stopped; wasUpFor = 0) {
      await new Promise((resolve) => setTimeout(resolve, backoff.next(wasUpFor)));
      try {
        if (stopped) return;
        current = await startEmbedded({ dataDir });
        watch(current, Date.now());
        return heard(`The database had ended and was started again in ${((Date.now() - noticed) / 1000).toFixed(1)} s.`);
      } catch (error) {
        heard(`The database ended and cannot be started: ${(error as Error).message}`);
      }
    }
  };
  watch(current, Date.now());

  return {
    url: current.url,
    about: current.adopted ? 'was still running' : '',
    async stop() {
      stopped = true;
      await restarting;
      await current.stop();
    },
  };
}

function inOneLine(error: Error): never {
  throw new Refusal(error.message);
}

/** In words, and without the password: the address of a database holds one. */
function whatIsWrong(error: unknown, address: string, database: string | undefined): string {
  const { code, message } = error as { code?: string; message: string };
  const byCode: Partial<Record<string, string>> = {
    ECONNREFUSED: `Nothing answers at ${address} where the database should be.`,
    ENOTFOUND: `There is no host by the name of the database's, ${address}.`,
    EAI_AGAIN: `The name of the database's host, ${address}, cannot be looked up.`,
    '28P01': `The database at ${address} does not accept this user and password.`,
    '28000': `The database at ${address} does not let this user in.`,
    '3D000': `The server at ${address} has no database "${database}".`,
  };
  if (code && byCode[code]) return byCode[code];
  return /timeout/i.test(message)
    ? `The database at ${address} did not answer within ${CONNECT_WITHIN_MS / 1000} s.`
    : `The database at ${address} cannot be used: ${message}.`;
}
