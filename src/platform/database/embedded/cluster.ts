import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SystemUser } from './unprivileged-user.ts';

const run = promisify(execFile);

export interface NewCluster {
  readonly cluster: string;
  readonly initdb: string;
  readonly superuser: string;
  readonly password: string;
  readonly user: SystemUser | undefined;
}

/** Makes the cluster unless it is there. A start killed half-way leaves nothing that looks like a cluster. */
export async function ensureCluster(wanted: NewCluster): Promise<void> {
  const { cluster, user } = wanted;
  if (await stat(join(cluster, 'PG_VERSION')).catch(() => undefined)) return;

  await removeUnfinished(cluster);
  const unfinished = `${cluster}.unfinished-${process.pid}`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  await initialise(unfinished, wanted);
  await rename(unfinished, cluster);
}

async function initialise(folder: string, { initdb, superuser, password, user }: NewCluster): Promise<void> {
  const passwordFile = join(dirname(folder), `.first-password-${randomUUID()}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const options = [
    ...['-D', folder, '-U', superuser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
    ...['--locale-provider=builtin', '--locale=C.UTF-8', '--lc-messages=C', '--data-checksums'],
  ];
  try {
    await run(initdb, options, { ...(user && { uid: user.uid, gid: user.gid }), cwd: '/', env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' } });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const said = (error as { stderr?: string }).stderr?.trim() || String(error);
    throw new Error(`PostgreSQL could not make its folder ${folder}: ${said}`);
  } finally {
    await unlink(passwordFile).catch(() => undefined);
  }
}

async function removeUnfinished(cluster: string): Promise<void> {
  const siblings = await readdir(dirname(cluster)).catch(() => []);
  const leftBehind = siblings.filter((name) => name.startsWith(`${basename(cluster)}.unfinished-`) || name.startsWith('.first-password-'));
  for (const name of leftBehind) await rm(join(dirname(cluster), name), { recursive: true, force: true });
}
