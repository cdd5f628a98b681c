import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { until } from '#test/support/until';
import { KeptWaiting } from './kept-waiting.ts';

describe('A machine that has no time', () => {
  it('is one on which a process waited for a quarter of the time, since the last look', () => {
    let waited = 1_000;
    const kept = new KeptWaiting(
      () => [1],
      () => waited,
    );

    kept.look(10_000);
    waited += 240;
    kept.look(11_000);
    expect(kept.lastAt).toBeNull();

    waited += 260;
    kept.look(12_000);
    kept.look(13_000);
    expect(kept.lastAt).toBe(12_000);
  });

  it('is not made by a process that was there before anybody looked, or is gone', () => {
    const kept = new KeptWaiting(
      () => [1, 2],
      (pid) => (pid === 1 ? 50_000 : null),
    );

    kept.look(10_000);
    kept.look(11_000);

    expect(kept.lastAt).toBeNull();
  });

  const whereItIsCounted = process.platform === 'linux' ? it : it.skip;
  whereItIsCounted('is seen where more processes want to run than it has processors', async () => {
    const greedy = Array.from({ length: availableParallelism() * 3 }, () =>
      fork('-', [], { execArgv: ['-e', 'for (;;);'], stdio: 'ignore' }),
    );
    const kept = new KeptWaiting(() => greedy.flatMap(({ pid }) => pid ?? []));
    try {
      await until('somebody is seen to wait', () => {
        kept.look(Date.now());
        return kept.lastAt !== null;
      });
    } finally {
      for (const one of greedy) one.kill('SIGKILL');
    }
  });
});
