import fc from 'fast-check';
import { Turns } from './turns.ts';

describe('Working side by side, and alone', () => {
  it('never has anything beside what works alone, and does everything once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), async (s, kinds) => {
        const turns = new Turns();
        const under = new Set<number>();
        let done = 0;
        const work = (n: number, isAlone: boolean) => async (): Promise<void> => {
          if (isAlone) expect(under.size).toBe(0);
          under.add(n);
          await s.schedule(Promise.resolve());
          if (isAlone) expect(under.size).toBe(1);
          under.delete(n);
          done++;
        };
        const all = kinds.map((isAlone, n) => (isAlone ? turns.apart(work(n, true)) : turns.shared(work(n, false))));
        await s.waitFor(Promise.all(all));
        expect(done).toBe(kinds.length);
      }),
    );
  });

  it('goes on after work that failed', async () => {
    const turns = new Turns();
    await expect(turns.apart(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.shared(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.apart(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
