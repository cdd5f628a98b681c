import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Refusal } from './refusal.ts';

/**
 * Refuses when somebody listens there already, and says who where the system tells.
 *
 * `localhost` means ::1 to some browsers, so a stranger there would be shown instead of us: it counts too.
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  for (const address of host === '127.0.0.1' ? [host, '::1'] : [host]) {
    const problem = await listenOnce(port, address);
    if (problem === undefined || (address !== host && problem !== 'EADDRINUSE')) continue;
    if (problem === 'EADDRINUSE')
      throw new Refusal(`Port ${port} is taken${by(port)}. Stop it, or choose another port: PORT=${port + 1} npm start`);
    if (problem === 'EACCES') throw new Refusal(`Port ${port} may only be opened by root. Choose one above 1023: PORT=3000 npm start`);
    throw new Refusal(`Muster cannot listen on ${host} (${problem}). Set HOST to an address of this machine, or leave it out.`);
  }
}

function listenOnce(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

function by(port: number): string {
  try {
    const pid = ownerOf(port);
    if (!pid) return '';
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
    const isMuster = /\bdist\/src\/(process|main)\.js/.test(command);
    return isMuster ? ` by another Muster in ${readlinkSync(`/proc/${pid}/cwd`)}` : ` by "${command.slice(0, 60)}" (process ${pid})`;
  } catch {
    return '';
  }
}

/** Linux lists sockets with their inode, and each process's open files with theirs. Only our own can be seen, unless we are root. */
function ownerOf(port: number): number | undefined {
  const LISTENING = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
      .map((fields) => `socket:[${fields[9]}]`),
  );
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => opens(pid, inodes));
}

function opens(pid: number, inodes: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}
