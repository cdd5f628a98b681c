import { ConfigError, readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { startEmbedded } from '#src/platform/database/embedded/launcher';
import { migrate } from '#src/platform/database/migrate';
import { createSignInLink } from '#src/people/sign-in-link';
import { dataFolder, openDataFolder, PROJECT } from '#src/platform/processes/data-folder';
import { Refusal } from '#src/platform/processes/refusal';

/** `npm run sign-in`: one line, a link that works once. A database started only for this is stopped again. */
export async function printSignInLink(): Promise<void> {
  try {
    const { DATABASE_URL, MUSTER_DATA, PUBLIC_URL } = readConfig(environment);
    const { url, close } = DATABASE_URL ? { url: DATABASE_URL, close: async () => undefined } : await ownDatabase(MUSTER_DATA);
    try {
      await migrate(url);
      console.log(await createSignInLink(url, PUBLIC_URL));
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function ownDatabase(asked: string | undefined): Promise<{ url: string; close: () => Promise<void> }> {
  const { path } = await dataFolder(asked, PROJECT);
  openDataFolder(path);
  const { url, adopted, stop } = await startEmbedded({ dataDir: path });
  return { url, close: async () => (adopted ? undefined : stop()) };
}
