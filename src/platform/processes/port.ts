import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Refusal } from './refusal.ts';

/** What a killed Muster leaves behind ends by itself within this time. */
const ORPHANS_END_WITHIN_MS = 6_000;

/**
 * Refuses when somebody listens there already, and says who where the system tells. The processes of a Muster that
 * was killed a moment ago are on their way out, and waited for.
 *
 * `localhost` means ::1 to some browsers, so a stranger there would be shown instead of us: it counts too.
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  for (const address of host === '127.0.0.1' ? [host, '::1'] : [host]) {
    const problem = await afterOrphans(port, () => listenOnce(port, address));
    if (problem === undefined || (address !== host && problem !== 'EADDRINUSE')) continue;
    if (problem === 'EADDRINUSE')
      throw new Refusal(`Port ${port} is taken${by(port)}. Stop it, or choose another port: PORT=${port + 1} npm start`);
    if (problem === 'EACCES') throw new Refusal(`Port ${port} may only be opened by root. Choose one above 1023: PORT=3000 npm start`);
    throw new Refusal(`Muster cannot listen on ${host} (${problem}). Set HOST to an address of this machine, or leave it out.`);
  }
}

async function afterOrphans(port: number, listen: () => Promise<string | undefined>): Promise<string | undefined> {
  for (const end = Date.now() + ORPHANS_END_WITHIN_MS; ;) {
    const problem = await listen();
    if (problem !== 'EADDRINUSE' || Date.now() > end || !ownerOf(port)?.isOrphan) return problem;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function listenOnce(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

interface Owner {
  readonly pid: number;
  readonly command: string;
  readonly isMuster: boolean;
  /** A Muster's process whose supervisor is gone. */
  readonly isOrphan: boolean;
}

function by(port: number): string {
  const owner = ownerOf(port);
  if (!owner) return '';
  return owner.isMuster ? ` by another Muster (process ${owner.pid})` : ` by "${owner.command.slice(0, 60)}" (process ${owner.pid})`;
}

/** Linux lists sockets with their inode, and each process's open files with theirs. Only our own can be seen, unless we are root. */
function ownerOf(port: number): Owner | undefined {
  try {
    const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningSockets(readFileSync(table, 'utf8'), port));
    const pid = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .find((one) => opens(one, sockets));
    if (!pid) return undefined;
    const command = commandOf(pid);
    const isMuster = /\bdist\/src\/process\.js/.test(command);
    return { pid, command, isMuster, isOrphan: isMuster && !/\b(start\.mjs|main\.js)/.test(commandOf(parentOf(pid))) };
  } catch {
    return undefined;
  }
}

function listeningSockets(table: string, port: number): string[] {
  const LISTENING = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
}

function opens(pid: number, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
}

function parentOf(pid: number): number {
  return Number(
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[1],
  );
}
