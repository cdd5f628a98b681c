import type { Pinned, Reacted, RoomRef } from '@musterhq/chat-port';
import { messageRef, userRef, type Whose } from '../slack-names.ts';
import { numberOf, stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';

/** Who reacted to a message, without us. Of many Slack names some: `count` tells how many there are. */
export function whoReacted(message: Wire, whose: Whose): Reacted[] {
  return wiresOf(message['reactions']).flatMap((reaction) => {
    const given = reaction['users'];
    const named = Array.isArray(given) ? given.filter((user) => typeof user === 'string') : [];
    const more = (numberOf(reaction['count']) ?? 0) > named.length;
    const users = named.filter((user) => user !== whose.me.user).map((user) => userRef(whose, user));
    return users.length > 0 || more ? [{ emoji: textOf(reaction['name']), users, ...(more ? { more } : {}) }] : [];
  });
}

/** What `pins.list` tells. What we pinned ourselves has nobody's name to it. */
export function pinnedIn(items: unknown, room: RoomRef, whose: Whose): Pinned[] {
  return wiresOf(items).flatMap((item) => {
    const message = wireOf(item['message']);
    const ts = textOf(message['ts']);
    const by = stringOf(item['created_by']);
    if (ts === '') return [];
    return [
      {
        message: messageRef(room, ts, stringOf(message['thread_ts'])),
        ...(by === undefined || by === whose.me.user ? {} : { by: userRef(whose, by) }),
      },
    ];
  });
}
