import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutsideFolder } from '#test/platform/outside/outside-folder';
import { until } from '#test/support/until';
import { RunningMuster } from './running-muster.ts';
import { freePort } from '#test/support/free-port';

import.meta.jest.setTimeout(180_000);

const TOKEN = 'a-token-for-adapters-from-outside';

/** What `npm start` runs, with three chats from one package: one is well, one throws soon after it was made, one is caught in a loop. */
describe('A real Muster with adapters from outside', () => {
  const folder = new OutsideFolder([]);
  const data = mkdtempSync(join(tmpdir(), 'muster-outside-data-'));
  let muster: RunningMuster;
  let pids: readonly number[];

  beforeAll(async () => {
    // As root, the database runs as somebody else, who has to get to its folder in here.
    chmodSync(data, 0o711);
    const chat = (id: string, does: object): object => ({ id, package: '@acme/unruly', config: { said: folder.said, does } });
    folder.chats([chat('good', {}), chat('throwing', { soon: 'throw' }), chat('looping', { soon: 'loop' })]);
    const env = { MUSTER_BOOTSTRAP_TOKEN: TOKEN, MUSTER_CHATS: folder.file };
    muster = await new RunningMuster({ port: await freePort(), dataDir: join(data, 'data'), env }).ready();
    pids = roles();
    await until(
      'the good one is joined',
      () => muster.ask(`select true from chat_tenant where instance = 'good'`) as Promise<true>,
      40_000,
    );
    await api('POST', '/incidents', { title: 'Checkout is failing' });
  });
  afterAll(async () => {
    await muster?.pressCtrlC();
    folder.remove();
    rmSync(data, { recursive: true, force: true });
  });

  const roles = (): readonly number[] => [muster.pidOf('web,ingest'), muster.pidOf('worker,clock')];
  const api = async (method: string, path: string, body?: object): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`http://127.0.0.1:${muster.port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'outside' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const heard = (words: string): boolean => folder.heard().some((line) => line.startsWith('good: ') && line.includes(words));

  it('keeps its room and its other chat while they end again and again, until they are switched off', async () => {
    let said = 0;
    await until(
      'both are switched off',
      async () => {
        const id = `0190a3a0-0000-7000-8000-${String(++said).padStart(12, '0')}`;
        const posted = await api('POST', '/incidents/INC-1/commands', { id, type: 'message', body: { text: `message ${said} of many` } });
        expect(posted.status).toBe(200);
        await new Promise((resolve) => setTimeout(resolve, 250));
        const { text } = await api('GET', '/chats');
        return ['throwing', 'looping'].every((chat) => new RegExp(`"id":"${chat}"[^}]*switched off`).test(text));
      },
      120_000,
    );

    expect(said).toBeGreaterThan(10);
    expect(roles()).toEqual(pids);
    expect(muster.output).not.toMatch(/The process for .* ended/);
    await until('the good chat was told all of it', () => heard(`message ${said} of many`) && heard('message 1 of many'), 40_000);
  });

  it('says at the terminal which one it was, and why', () => {
    expect(muster.output).toMatch(/chat is switched off/);
    expect(muster.output).toMatch(/throwing/);
    expect(muster.output).toMatch(/looping/);
  });
});
