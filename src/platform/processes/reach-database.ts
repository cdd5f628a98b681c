import { join } from 'node:path';
import type { Config } from '#src/platform/config/config.schema';
import { startEmbedded } from '#src/platform/database/embedded/launcher';
import { dataFolder, openDataFolder, PROJECT } from './data-folder.ts';
import { installedDatabase } from './kept-database.ts';
import { tryLock } from './lock-file.ts';
import { Refusal } from './refusal.ts';

export interface ReachedDatabase {
  readonly url: string;
  /** Where Muster keeps what is not in the database. */
  readonly dataDir: string;
  /** Stops a database that was started only for this. */
  close(): Promise<void>;
}

/** The lock of whoever runs Muster with a data folder; its note is their address. */
export const RUNNING_LOCK = 'running.lock';

/**
 * The database of this Muster, for a program that is not Muster: the one that DATABASE_URL names, or its own, which is
 * started when Muster is not running, and stopped again unless Muster was started meanwhile.
 *
 * @throws Refusal
 */
export async function reachDatabase({ DATABASE_URL, MUSTER_DATA }: Config): Promise<ReachedDatabase> {
  const dataDir = (await dataFolder(MUSTER_DATA, PROJECT)).path;
  openDataFolder(dataDir);
  return reach(DATABASE_URL, dataDir, async (stop) => {
    const claim = tryLock(join(dataDir, RUNNING_LOCK), 'a program that is about to end');
    if ('heldBy' in claim) return;
    try {
      await stop();
    } finally {
      claim.release();
    }
  });
}

/**
 * The same for a program that must be alone: refused while Muster runs with this data folder, which cannot be started
 * before `close`. `why` is what the other is told.
 *
 * @throws Refusal
 */
export async function reachDatabaseAlone({ DATABASE_URL, MUSTER_DATA }: Config, why: string): Promise<ReachedDatabase> {
  const dataDir = (await dataFolder(MUSTER_DATA, PROJECT)).path;
  openDataFolder(dataDir);
  const claim = tryLock(join(dataDir, RUNNING_LOCK), why);
  if ('heldBy' in claim) {
    const { note, pid } = claim.heldBy;
    throw new Refusal(
      `Muster is running with the data in ${dataDir} (${note}, process ${pid}). Stop it with Ctrl-C there, then do this again.`,
    );
  }
  try {
    const { url, close } = await reach(DATABASE_URL, dataDir, (stop) => stop());
    return { url, dataDir, close: () => close().finally(() => claim.release()) };
  } catch (error) {
    claim.release();
    throw error;
  }
}

async function reach(
  installed: string | undefined,
  dataDir: string,
  end: (stop: () => Promise<void>) => Promise<void>,
): Promise<ReachedDatabase> {
  if (installed) return { url: (await installedDatabase(installed)).url, dataDir, close: async () => undefined };
  const { url, adopted, stop } = await startEmbedded({ dataDir }).catch((error: Error) => {
    throw new Refusal(error.message);
  });
  return { url, dataDir, close: async () => (adopted ? undefined : end(stop)) };
}
