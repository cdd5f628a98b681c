import type { PracticeView } from '#libs/war-room-protocol/practice';
import type { PretendChat } from '#src/platform/chats/plugins';
import type { PracticeStore } from './practice-store.ts';
import { BESIDE_OPENING, type Line } from './script.ts';

type View = PracticeView['beside'][number];

/**
 * A pretend chat that stands beside the one that the story is about: the same drill in it, other people, and a switch of its
 * own. Whatever becomes of it, the story goes on.
 */
export class ChatBeside {
  private room: string | null = null;
  private isBroken = false;

  constructor(
    /** What it is called in the page's addresses and steps. */
    readonly id: string,
    readonly instance: string,
    private readonly chat: PretendChat,
    private readonly store: PracticeStore,
  ) {}

  get name(): string {
    return this.chat.name;
  }

  /** Its people begin to talk when it has a room for the drill: it may be ready later than the other. */
  async begin(incidentId: string): Promise<void> {
    if (this.room !== null) return;
    const room = await this.store.roomOf(incidentId, this.instance);
    if (room === null) return;
    this.room = room;
    for (const person of ['mia', 'bo', 'you'] as const) await this.chat.join(person, room);
    await this.say(BESIDE_OPENING);
  }

  async say({ who, text }: Line): Promise<void> {
    if (this.room !== null) await this.chat.say(who, this.room, text);
  }

  break(): void {
    if (this.isBroken) return;
    this.isBroken = true;
    this.chat.breakEvents();
  }

  bringBack(): void {
    if (!this.isBroken) return;
    this.isBroken = false;
    this.chat.heal();
  }

  async view(practice: string): Promise<View> {
    const at = (room: string | null): string => `/practice/${practice}/beside/${this.id}/${this.chat.page(room)}`;
    const rooms = await this.store.drillsOf(this.instance);
    return {
      id: this.id,
      name: this.chat.name,
      state: await this.store.healthOf(this.instance),
      broken: this.isBroken,
      frame: at(this.room),
      rooms: rooms.map(({ number, room }) => ({ number, frame: at(room) })),
    };
  }

  close(): Promise<void> {
    return this.chat.close();
  }
}
