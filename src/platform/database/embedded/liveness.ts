import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * What can be known about a process that need not be ours. Linux tells through /proc; elsewhere the answers
 * are the cautious ones (nothing is a zombie, nothing is left over) and PostgreSQL's own lock has the last word.
 */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Dead, but nobody has asked for its exit code yet. PostgreSQL takes such a process for a living one. */
export function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid);
}

/** Processes of this cluster: each has the cluster as its working directory. `undefined` where nobody can tell. */
export function processesIn(cluster: string): readonly number[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => worksIn(pid, cluster));
  } catch {
    return undefined;
  }
}

export async function until(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return condition();
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}
