import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const FIRST = 15_000;
const SHARES = 8;
const A_SHARE = 2_125;

/**
 * A port that nobody listens on. Below the range from which systems take the near ends of connections: one of those may be taken
 * again in the moment between asking for it and using it, and with so many files at once it was. Each worker draws from a share
 * of its own: between asking and listening there are seconds, in which the others ask too.
 */
export async function freePort(): Promise<number> {
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1) - 1;
  const from = FIRST + (worker % SHARES) * A_SHARE;
  for (;;) {
    const port = randomInt(from, from + A_SHARE);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
