import { type Attempt, done } from '@musterhq/chat-port';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';
import type { Connector } from './connector.ts';

/** Teams gives as many, and no fewer than fifty. */
const PAGE = 500;
/** Ten thousand people are the most that a team may have by now; nobody is looked for longer than this. */
const PAGES = 20;

/** Who is in a conversation. Of a channel it is whoever is in its team, of a private one whoever is in that. */
export class Roster {
  constructor(private readonly connector: Connector) {}

  /** By the bot's id of them or the directory's. Null where they are not in it, or it is not there for us. */
  async member(conversation: string, user: string, signal: AbortSignal): Promise<Attempt<Wire | null>> {
    const seen = await this.connector.call({ method: 'GET', path: [conversation, 'members', user] }, (member) => member, signal);
    return seen.outcome === 'refused' && seen.fault.code === 'not-found' ? done(null) : seen;
  }

  /** Those who fit, page after page. Of chats Teams gives everybody at once. */
  async find(conversation: string, fits: (member: Wire) => boolean, signal: AbortSignal): Promise<Attempt<Wire[]>> {
    const found: Wire[] = [];
    let from: string | undefined;
    for (let n = 0; n < PAGES; n += 1) {
      const query = { pageSize: String(PAGE), ...(from !== undefined && { continuationToken: from }) };
      const page = await this.connector.call({ method: 'GET', path: [conversation, 'pagedmembers'], query }, (answer) => answer, signal);
      if (page.outcome !== 'done') return page;
      found.push(...wiresOf(page.value.members).filter(fits));
      from = stringOf(page.value.continuationToken);
      if (from === undefined || from === '') break;
    }
    return done(found);
  }
}
