import { startFake } from './fake/fake-harness.ts';
import { planted } from './mutants/planted.ts';
import { type Start, declarationsOf, runCase } from './run-case.ts';

describe('Putting a case on a harness', () => {
  it('leaves in the harness what the harness keeps in itself', async () => {
    const harness = { time: 0, advance: (): void => undefined };
    const start: Start = async (kit) =>
      Object.assign(harness, await startFake(kit), {
        advance(this: typeof harness, ms: number) {
          this.time += ms;
        },
      });

    await runCase({ id: 'cp1-time', rule: 'CP1', title: 'time passes', run: async (stage) => stage.advance?.(60_000) }, start);

    expect(harness.time).toBe(60_000);
  });
});

describe('Asking an adapter what it declares', () => {
  it('asks about a room, because two kinds of room may differ', async () => {
    const start = planted((kit) => startFake(kit), {
      breaks: (adapter) => ({
        ...adapter,
        capabilities: (room) => ({ ...adapter.capabilities(room), rev: room ? 'of a room' : 'of none' }),
      }),
    });

    expect((await declarationsOf(start)).capabilities.rev).toBe('of a room');
  });
});
