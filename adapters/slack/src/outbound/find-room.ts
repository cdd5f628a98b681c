import { type Attempt, done, refused } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { type Wire, wiresOf } from '#libs/wire/wire';

interface Listed {
  readonly channels?: unknown;
  readonly response_metadata?: { readonly next_cursor?: string };
}

const PAGE = 999;
const PAGES = 20;

/** The channel of that name that the app can see, archived ones too; `undefined` when there is none. */
export async function channelNamed(client: SlackClient, name: string, signal: AbortSignal): Promise<Attempt<Wire | undefined>> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const args = { types: 'public_channel,private_channel', exclude_archived: false, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const listed = await client.call<Listed>('conversations.list', args, signal);
    if (listed.outcome !== 'done') return listed;
    const found = wiresOf(listed.value.channels).find((channel) => channel['name'] === name);
    if (found) return done(found);
    cursor = listed.value.response_metadata?.next_cursor;
    if (!cursor) return done(undefined);
  }
  return refused({ code: 'conflict', scope: 'message', detail: `The workspace has too many channels to find out whose #${name} is.` });
}
