import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocks } from '../repository/documents/blocks.ts';
import { ROOT } from '../repository/rules/planted.ts';
import { RunningMuster } from './running-muster.ts';
import { freePort } from '#test/support/free-port';

import.meta.jest.setTimeout(180_000);

const TOKEN = 'a-token-for-the-runbook-of-tonight';

const commandsOf = (runbook: string): string[] =>
  blocks()
    .filter(({ document, language }) => document === `docs/runbooks/${runbook}.md` && language === 'sh')
    .map(({ code }) => code.trim());

describe('The runbooks', () => {
  const commands = commandsOf('backup-and-restore');
  const [backUp, check, restore, start, replace] = commands as [string, string, string, string, string];
  let folder: string;
  let first: RunningMuster | undefined;
  let second: RunningMuster | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-runbook-'));
    // As root, the database runs as somebody else, who has to get to its folder in here.
    chmodSync(folder, 0o711);
  });
  afterAll(async () => {
    await first?.pressCtrlC();
    await second?.pressCtrlC();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (name: string): string => join(folder, name);

  /** As somebody in a terminal on that machine. */
  async function type(command: string, data: string, port = 3999): Promise<{ code: number; said: string }> {
    const shell = spawn('/bin/sh', ['-c', command], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], MUSTER_DATA: data, BACKUPS: folder, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    return new Promise((resolve) => shell.once('close', (code) => resolve({ code: code ?? -1, said })));
  }

  async function api(muster: RunningMuster, method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${muster.port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'runbook' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answer.json();
  }

  it('have the commands that are tried here', () => {
    expect(commandsOf('nobody-can-sign-in')).toHaveLength(2);
    expect(commands).toHaveLength(5);
    expect(start).toBe('npm start');
  });

  it('give back on another machine what was kept on the first', async () => {
    first = await new RunningMuster({ port: await freePort(), dataDir: at('first'), env: { MUSTER_BOOTSTRAP_TOKEN: TOKEN } }).ready();
    await api(first, 'POST', '/incidents', { title: 'Checkout is failing', severity: 'SEV1' });
    await api(first, 'POST', '/incidents/INC-1/commands', {
      id: '0190a3a0-0000-7000-8000-000000000001',
      type: 'message',
      body: { text: 'Every card is declined' },
    });
    const before = await api(first, 'GET', '/incidents/INC-1/events?after=0');

    const backedUp = await type(backUp, at('first'));
    expect(backedUp.said).toMatch(/Backup written: .*muster\.tar\.gz \(.*\)\nIt holds 1 incident, 0 files and \d+ rows in \d+ tables\./);
    expect(backedUp.code).toBe(0);
    expect(backedUp.said).not.toContain(TOKEN);
    expect((await type(backUp, at('first'))).said).toMatch(/is there already/);
    expect(await first.isServing()).toBe(true);

    expect((await type(check, at('nowhere'))).said).toMatch(/is whole: made .* UTC by Muster .* It holds 1 incident/);
    expect(existsSync(at('nowhere'))).toBe(false);

    const refused = await type(replace, at('first'));
    expect(refused.said).toMatch(/Muster is running with the data in .*first .*Stop it with Ctrl-C there/);
    expect(refused.code).toBe(1);

    const restored = await type(restore, at('second'));
    expect(restored.said).toMatch(/Restored: 1 incident, .*, as they were at .* UTC\.\nStart Muster: npm start/);
    expect(restored.code).toBe(0);

    second = await new RunningMuster({ port: await freePort(), dataDir: at('second') }).ready();
    expect(await api(second, 'GET', '/incidents/INC-1/events?after=0')).toEqual(before);
    await second.pressCtrlC();
    expect((await type(restore, at('second'))).said).toMatch(/This database is not empty: it has 1 incidents/);
    expect((await type(replace, at('second'))).said).toMatch(/Restored: 1 incident/);
  });

  it('let somebody in where nobody can sign in, while Muster runs', async () => {
    const [look, link] = commandsOf('nobody-can-sign-in') as [string, string];
    const { port } = first!;

    // Where there is no curl: the address that it would ask.
    const { said: address } = await type(look.replace('curl -sS', 'printf %s'), at('first'), port);
    expect(await (await fetch(address)).json()).toEqual({ ready: true });

    const { code, said } = await type(link, at('first'), port);
    const [page = ''] = /^http:.*\/sign-in\/\S+$/m.exec(said) ?? [];
    expect(code).toBe(0);
    const { pathname } = new URL(page);
    expect(await (await fetch(`http://127.0.0.1:${port}${pathname}`)).text()).toContain('This link is for Admin, the admin');
  });
});
