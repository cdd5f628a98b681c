import type { Notices } from '#src/notifications/notices.service';
import { type Tx, rows } from '#src/platform/database/database';
import type { Follower } from '#src/platform/followers/follower.types';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { SurfaceChanged } from './outage.events.ts';
import { downNotice, overNotice } from './outage-words.ts';
import { concerned, readersOf } from './whom-an-outage-concerns.ts';

/**
 * Has people told, by other ways, that a chat is down and that it is back. One fall is told once, however often the chat falls
 * again before it is well. Nobody is told of pretend chats, nor that a chat is down because Muster's own line is cut.
 */
export class OutageNotices implements Follower {
  readonly name = 'outage-notices';
  readonly kind = 'effect';

  constructor(
    private readonly notices: Notices,
    private readonly home: string,
  ) {}

  async handle(tx: Tx, event: LoggedEvent): Promise<void> {
    if (event.type !== 'surface.down' && event.type !== 'surface.ok') return;
    const chat = event.data as SurfaceChanged;
    // While Muster reaches nothing outside, nobody knows whether the chat is down: that is told once it is known.
    if (!chat.fell || chat.cutOff || (await isPretend(tx, chat.instance))) return;
    const about = uuidFor('fall', chat.instance, chat.tenant, chat.fell);
    if (event.type === 'surface.ok') return this.notices.end(tx, about, overNotice(chat, event.at, this.home));
    const incidents = await concerned(tx, chat);
    const readers = await readersOf(tx, incidents, chat);
    await this.notices.begin(tx, {
      about,
      shared: downNotice(
        chat,
        incidents.filter((incident) => !incident.private),
        this.home,
      ),
      personal: readers.map((reader) => ({
        address: reader.address,
        chat: reader.chat,
        content: downNotice(chat, reader.incidents, this.home),
      })),
    });
  }
}

async function isPretend(tx: Tx, instance: string): Promise<boolean> {
  const [found] = await rows<{ pretend: boolean }>(tx, 'select pretend from chat_instance where id = $1', [instance]);
  return found?.pretend ?? false;
}
