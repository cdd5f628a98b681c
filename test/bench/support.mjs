import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

export const dist = (path) => new URL(`../../dist/${path}`, import.meta.url);
export const TOKEN = 'bench-token-that-is-long-enough';

/** A PostgreSQL as durable as a real one: every commit is flushed. */
export async function durableDatabase() {
  const { startEmbedded } = await import(dist('src/platform/database/embedded/launcher.js').href);
  const { migrate } = await import(dist('src/platform/database/migrate.js').href);
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const server = await startEmbedded({ dataDir, flags: ['max_connections=200'] });
  await migrate(server.url);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A process of its own that says `ready` when it listens, so that what is measured does not share our thread. */
export async function child(file, env) {
  const process_ = fork(file, [], { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await new Promise((resolve, reject) => {
    process_.on('message', (message) => (message === 'ready' || message.type === 'ready') && resolve());
    process_.on('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return {
    ask: (question) =>
      new Promise((resolve) => {
        process_.once('message', resolve);
        process_.send(question);
      }),
    stop: () =>
      new Promise((resolve) => {
        process_.removeAllListeners('exit');
        process_.on('exit', resolve);
        process_.kill('SIGTERM');
        setTimeout(() => process_.kill('SIGKILL'), 5_000).unref();
      }),
  };
}

export const muster = (url, port, env = {}) =>
  child(fileURLToPath(dist('src/process.js')), {
    DATABASE_URL: url,
    PORT: String(port),
    MUSTER_ROLES: 'web,ingest',
    MUSTER_BOOTSTRAP_TOKEN: TOKEN,
    LOG_LEVEL: 'error',
    ...env,
  });

export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))];
}

export const median = (values) => percentile(values, 50);
export const round = (value) => Math.round(value * 100) / 100;

const lines = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One request; resolves with status, body and the milliseconds it took. */
export function send({ port, path, method = 'POST', headers = {}, body = '', agent = lines }) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, path, method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, body: text, ms: performance.now() - began }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** A stream of server-sent events that reports each `data` line, with the moment it came. */
export function listen({ port, path, headers = {} }, heard) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let rest = '';
      response.on('data', (chunk) => {
        const at = performance.now();
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) if (line.startsWith('data:')) heard(line, at);
      });
      resolve({ close: () => request.destroy() });
    });
    request.on('error', (error) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
  });
}

/** Calls one after the other on so many lines at once, until `total` have ended. */
export async function inLines(lines, total, call) {
  let begun = 0;
  await Promise.all(
    Array.from({ length: lines }, async () => {
      while (begun < total) await call(begun++);
    }),
  );
}

/** Slack's signature, version 0, over the raw body. */
export function signed(secret, body) {
  const stamp = String(Math.floor(Date.now() / 1000));
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`,
  };
}

/** Calls at a steady rate whatever the answers take, so that a slow server cannot slow its own measurement down. */
export async function atRate(perSecond, seconds, call) {
  const total = perSecond * seconds;
  const began = performance.now();
  const running = [];
  for (let n = 0; n < total; n++) {
    const due = began + (n / perSecond) * 1000;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(call(n));
  }
  return Promise.all(running);
}
