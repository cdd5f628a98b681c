import type { Attempt } from '@musterhq/chat-port';
import { done } from '@musterhq/chat-port';
import type { Wire } from '#libs/wire/wire';
import type { Connector } from '../outbound/connector.ts';

/** Who is in a conversation, by the bot's own way: of a channel it is whoever is in its team. */
export class Members {
  constructor(private readonly connector: Connector) {}

  /** By the bot's id of them or the directory's; both stand in the answer. Null where they are not in it. */
  async member(conversation: string, user: string, signal: AbortSignal): Promise<Attempt<Wire | null>> {
    const seen = await this.connector.call({ method: 'GET', path: [conversation, 'members', user] }, (member) => member, signal);
    return seen.outcome === 'refused' && seen.fault.code === 'not-found' ? done(null) : seen;
  }
}
