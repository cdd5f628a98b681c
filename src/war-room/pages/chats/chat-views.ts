import type { ChatList } from '#libs/war-room-protocol/views';
import { chatHealth } from '#src/outage/outage.queries';
import type { AtTheDoor } from '#src/people/who';
import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';

/** The chats that somebody may know of. A pretend one is its owner's alone; whoever only practises sees no real one. */
export class ChatViews {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
  ) {}

  async forViewer({ person, role }: AtTheDoor): Promise<ChatList['chats']> {
    const [health, own] = await Promise.all([
      chatHealth(this.database, this.chats),
      this.database.query<{ instance: string }>('select instance from practice where owner = $1 and ended_at is null and instance is not null', [person.id]),
    ]);
    return health.filter(({ id, pretend }) => (pretend ? own.some(({ instance }) => instance === id) : role !== 'guest'));
  }
}
