import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { until } from '#test/support/until';
import { ROOT } from '../repository/rules/planted.ts';
import { RunningMuster } from './running-muster.ts';
import { freePort } from '#test/support/free-port';

import.meta.jest.setTimeout(180_000);

const TOKEN = 'canary-token-9c41-of-the-bootstrap';
const canary = (what: string): string => `canary-${what}-9c41`;

/** Everything that leaves a process besides the room: what is said at the terminal, the logs and the last words. */
describe('A process that dies of what nobody caught', () => {
  let folder: string;
  let muster: RunningMuster;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-last-words-'));
    // As root, the database runs as somebody else, who has to get to its folder in here.
    chmodSync(folder, 0o711);
    const env = { MUSTER_BOOTSTRAP_TOKEN: TOKEN, LOG_LEVEL: 'debug', NODE_OPTIONS: '--import ./test/processes/crash.mjs' };
    muster = await new RunningMuster({ port: await freePort(), dataDir: join(folder, 'data'), env }).ready();
    await api('/incidents', { title: canary('title'), summary: canary('summary') });
    await api('/incidents/INC-1/commands', {
      id: '0190a3a0-0000-7000-8000-000000000001',
      type: 'message',
      body: { text: canary('message') },
    });
    await fetch(at(`/incidents/INC-1/files?name=${canary('file')}.txt`), {
      method: 'POST',
      headers: headers('application/octet-stream'),
      body: canary('bytes'),
    });
    await fetch(at('/me'), { headers: { authorization: `Bearer ${canary('wrong')}` } });
  });
  afterAll(async () => {
    await muster?.pressCtrlC();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (path: string): string => `http://127.0.0.1:${muster.port}/api/v1${path}`;
  const headers = (type: string): Record<string, string> => ({
    authorization: `Bearer ${TOKEN}`,
    'content-type': type,
    'idempotency-key': 'last-words',
  });
  const api = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(at(path), { method: 'POST', headers: headers('application/json'), body: JSON.stringify(body) });
    expect([200, 201]).toContain(answer.status);
  };
  const logs = (): string => join(folder, 'data', 'logs');
  const crashes = (): string[] =>
    readdirSync(logs())
      .filter((name) => name.startsWith('crash-'))
      .sort();
  const linesOf = (name: string): Record<string, unknown>[] =>
    readFileSync(join(logs(), name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it.each([
    ['SIGUSR2', 'web,ingest', { origin: 'uncaughtException', error: { name: 'TypeError' } }],
    ['SIGUSR2', 'worker,clock', { origin: 'uncaughtException', error: { name: 'TypeError' } }],
    ['SIGPIPE', 'worker,clock', { origin: 'unhandledRejection', error: { name: 'Error', code: 'E_CANARY', cause: { name: 'Error' } } }],
  ] as const)('says so once, keeps what it did before, and is replaced (%s, %s)', async (signal, roles, why) => {
    const before = crashes();
    const pid = muster.pidOf(roles);
    process.kill(pid, signal);

    const [file = ''] = await until('the file', () => {
      const fresh = crashes().filter((name) => !before.includes(name));
      return fresh.length > 0 ? fresh : null;
    });
    // Said once the file is whole.
    await muster.says(
      new RegExp(`error: ended by an error that nobody caught \\(${why.error.name}.*\\. What it did before is in .*${file}`),
    );
    const [first, ...lines] = linesOf(file);
    expect(first).toMatchObject({ pid, roles: roles.replace(',', '+'), ...why });
    expect(JSON.stringify(first)).toContain('crash.mjs');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(statSync(join(logs(), file)).mode & 0o777).toBe(0o600);
    await muster.says(new RegExp(`The process for ${roles.replace(',', ' and ')} ended \\(exit code 1\\); it is started again`));
    await until(
      'another one',
      () => {
        try {
          return muster.pidOf(roles) !== pid;
        } catch {
          return false;
        }
      },
      30_000,
    );
    await until('the room is served', () => muster.isServing(), 30_000);
  });

  it('leaves no word, name or secret at the terminal, in the logs or in what it kept', () => {
    const all = [muster.output, ...readdirSync(logs()).map((name) => readFileSync(join(logs(), name), 'utf8'))].join('\n');

    expect(all).toContain('request answered');
    expect(all.match(/.{0,60}canary-[a-z-]+9c41.{0,40}/g)).toBeNull();
  });

  it('leaves no secret in a backup, where the words belong', async () => {
    const backup = join(folder, 'muster.tar.gz');
    const shell = spawn(process.execPath, ['scripts/backup.mjs', backup], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], MUSTER_DATA: join(folder, 'data') },
      stdio: 'ignore',
    });
    expect(await new Promise((resolve) => shell.once('close', resolve))).toBe(0);

    const kept = gunzipSync(readFileSync(backup)).toString('latin1');
    expect(kept).toContain(canary('message'));
    for (const secret of [TOKEN, canary('wrong')]) expect(kept).not.toContain(secret);
  });
});
