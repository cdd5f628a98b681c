import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock, tryLock } from './lock-file.ts';

describe('Holding a lock', () => {
  let file: string;
  beforeEach(() => (file = join(mkdtempSync(join(tmpdir(), 'muster-lock-')), 'running.lock')));
  afterEach(() => rmSync(join(file, '..'), { recursive: true }));

  it('keeps everybody else out, who are told by whom and where', () => {
    tryLock(file, 'http://localhost:3000');

    expect(tryLock(file)).toMatchObject({ heldBy: { pid: process.pid, note: 'http://localhost:3000' } });
  });

  it('ends when it is released', () => {
    const held = tryLock(file);
    if ('heldBy' in held) throw new Error('It was free.');

    held.release();

    expect(existsSync(file)).toBe(false);
    expect(tryLock(file)).not.toHaveProperty('heldBy');
  });

  it('ends with its holder, even by kill -9', async () => {
    const holder = spawn('sleep', ['60']);
    writeFileSync(file, JSON.stringify({ pid: holder.pid, began: '', note: '' }));
    holder.kill('SIGKILL');
    await once(holder, 'exit');

    expect(tryLock(file)).not.toHaveProperty('heldBy');
  });

  it('does not pass to a later process that happens to have the number of its holder', () => {
    tryLock(file);
    const holder = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...holder, began: 'before the machine was restarted' }));

    expect(tryLock(file)).not.toHaveProperty('heldBy');
  });

  it('can be waited for', async () => {
    const first = await lock(file, 1_000);
    const second = lock(file, 10_000);

    first.release();

    expect(await second).toHaveProperty('release');
  });
});
