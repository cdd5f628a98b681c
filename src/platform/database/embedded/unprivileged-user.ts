import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** `postgres` where it is installed; `nobody` exists everywhere, so no user ever has to be created. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * The user the database must run as, or `undefined` when it is simply ours: PostgreSQL refuses to run as root.
 *
 * A cluster that exists already decides by its owner, so installing a `postgres` user later does not lock us out.
 */
export async function unprivilegedUser(cluster: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;

  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };

  for (const name of CANDIDATES) {
    const user = await lookUp(name);
    if (user) return user;
  }
  throw new Error(
    `PostgreSQL cannot run as root, and there is no user ${CANDIDATES.join(' or ')} to run it as. Start Muster as another user.`,
  );
}

/** Whether that user may step into the folder. Asked by trying: permissions have more ways to say no than mode bits. */
export async function canReach(user: SystemUser | undefined, folder: string): Promise<boolean> {
  if (!user) return true;
  const { uid, gid } = user;
  return run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/', env: {} }).then(
    () => true,
    () => false,
  );
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
    return uid && gid ? { name, uid, gid } : undefined;
  } catch {
    return undefined;
  }
}
