import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, unprivilegedUser } from '#src/platform/database/embedded/unprivileged-user';
import { Refusal } from './refusal.ts';

export interface DataFolder {
  readonly path: string;
  /** Why it is not the folder that was asked for. */
  readonly note?: string;
}

/** The folder of this checkout, or of what was built from it. */
export const PROJECT = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));

const SHELTERS = '/var/lib/muster';

/**
 * Where Muster keeps what it keeps: MUSTER_DATA, or `.data` in the project.
 *
 * Started as root, the database runs as another user, who may not be let into that folder (below /root, say).
 * Then it is a folder below /var/lib/muster, always the same one for the same place.
 */
export async function dataFolder(asked: string | undefined, project: string): Promise<DataFolder> {
  const wanted = resolve(project, asked ?? '.data');
  const user = await unprivilegedUser(join(wanted, 'postgres', 'cluster'));
  const above = closestThere(wanted);
  // A file in the way is for `openDataFolder` to complain about.
  if (!statOf(above)?.isDirectory() || (await canReach(user, above))) return { path: wanted };

  const sheltered = join(
    SHELTERS,
    createHash('sha256')
      .update(asked ? wanted : project)
      .digest('hex')
      .slice(0, 12),
  );
  return {
    path: sheltered,
    note: asked && `${wanted} is closed to ${user?.name}, the user the database runs as, so the data is in ${sheltered}.`,
  };
}

/** Makes the folder and proves that it can be written to, before anything else is begun. */
export function openDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const proof = join(path, `.writable-${process.pid}`);
    writeFileSync(proof, '');
    rmSync(proof);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal(
      `Muster cannot write to its data folder ${path} (${code}). Make it a writable folder, or name another one with MUSTER_DATA.`,
    );
  }
}

/** The folder itself is ours to open. What counts is whether one can get to where it is, or will be. */
function closestThere(path: string): string {
  const above = dirname(path);
  return above === path || statOf(above) ? above : closestThere(above);
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
