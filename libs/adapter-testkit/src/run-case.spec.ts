import { startFake } from './fake/fake-harness.ts';
import { planted } from './mutants/planted.ts';
import { declarationsOf } from './run-case.ts';

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
