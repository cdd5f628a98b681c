import { behind, register } from '#src/platform/followers/follow';
import { MIRRORS_FOLLOWER } from '#src/rooms/rooms.types';
import { useApp } from '#test/support/app';

describe('Declaring before the first worker runs', () => {
  const app = useApp({ roles: ['web'] });

  it('opens the rooms in chats once it does', async () => {
    const { id } = await app.anIncident();

    // What a worker does first, a moment later.
    await register(app.database, { name: MIRRORS_FOLLOWER, kind: 'effect', handle: () => Promise.resolve() });

    expect(await behind(app.database, MIRRORS_FOLLOWER, true)).toEqual([id]);
  });
});
