import { currentTrace, withTrace } from '#src/platform/logging/trace';
import { Loop } from './loop.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Doing work again and again', () => {
  it('does not count as done for whoever woke it', async () => {
    const traces: (string | null)[] = [];
    const loop = new Loop('test', 60_000, () => Promise.resolve(void traces.push(currentTrace())), quiet);

    withTrace('a'.repeat(32), () => loop.start());
    await loop.stop();

    expect(traces).toEqual([null]);
  });
});
