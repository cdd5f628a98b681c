import type { ChatEvent } from '@musterhq/chat-port';
import { type Database, type Tx, afterCommit } from '#src/platform/database/database';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import type { People } from '#src/people/people.service';
import type { HomePublisher } from './home-publisher.ts';
import { homeOf } from './home.queries.ts';

type HomeOpened = Extract<ChatEvent, { type: 'home.opened' }>;

/** Somebody opens Muster's page in their chat, and finds what goes on now. */
export class OpenHome implements InboxHandler {
  readonly types = ['home.opened'] as const;

  constructor(
    private readonly database: Database,
    private readonly people: Pick<People, 'meet' | 'ofAccount'>,
    private readonly publisher: HomePublisher,
    private readonly publicUrl: string,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    await this.people.meet((event as HomeOpened).user);
  }

  async handle(tx: Tx, { event }: InboxItem): Promise<void> {
    const { user } = event as HomeOpened;
    const person = await this.people.ofAccount(tx, user);
    if (!person) return;
    afterCommit(tx, () => this.publisher.publish(user, () => homeOf(this.database, person, user, this.publicUrl, new Date())));
  }
}
