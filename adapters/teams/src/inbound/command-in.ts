import type { Envelope, Mention } from '@musterhq/chat-port';
import { toText } from '#libs/rich-text/to-text';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { contentOf } from './content-of.ts';
import { type Scene, refOf } from './scene.ts';
import { type Us, isUs, mentionsOf, originOf, ourMentions } from './us.ts';

/**
 * Teams has no commands for bots but calling them by their name: what begins with ours is one, beside being a message. Nobody
 * waits for its answer with the request, so it does not end.
 */
export function commandIn(us: Us, scene: Scene, activity: Wire, id: string, at: number): Envelope[] {
  const [mention] = ourMentions(us, activity);
  const called = stringOf(mention?.text);
  if (!mention || called === undefined || originOf(us, activity) !== 'human') return [];
  if (!stringOf(activity.text)?.trimStart().startsWith(called)) return [];
  const { room, user } = scene;
  const name = stringOf(wireOf(mention.mentioned).name) ?? '';
  const words = toText(contentOf(activity)).trim();
  const via = { id: `${room.room}:${id}`, user, room, on: refOf(scene, id), expiresAt: at, handle: id };
  return [
    {
      id: `${room.room}:${id}:command`,
      lane: `command:${room.room}:${id}`,
      at,
      redelivery: 0,
      event: {
        type: 'command',
        name,
        prefix: `@${name} `,
        text: words.startsWith(name) ? words.slice(name.length).trim() : words,
        ...picked(us, scene, activity),
        via,
      },
    },
  ];
}

/** The people who were called by name, beside us. */
function picked(us: Us, { tenant }: Scene, activity: Wire): { mentions?: Mention[] } {
  const mentions = mentionsOf(activity).flatMap(({ mentioned, text }) => {
    const user = stringOf(wireOf(mentioned).id);
    const words = toText(contentOf({ text: stringOf(text)?.replace(/<\/?at[^>]*>/g, '') })).trim();
    return user === undefined || words === '' || isUs(us, user) ? [] : [{ text: words, who: { adapter: us.adapter, tenant, user } }];
  });
  return mentions.length > 0 ? { mentions } : {};
}
