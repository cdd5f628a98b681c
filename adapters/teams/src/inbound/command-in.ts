import type { Envelope, InMessage, Mention } from '@musterhq/chat-port';
import { toText } from '#libs/rich-text/to-text';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { isPersonal } from '../conversations.ts';
import { contentOf } from './content-of.ts';
import { type Scene, refOf } from './scene.ts';
import { type Us, isUs, mentionsOf, originOf, ourMentions } from './us.ts';

/**
 * Teams has no commands for bots but calling them by their name: what begins with ours is one, beside being a message. Nobody
 * waits for its answer with the request, so it does not end.
 */
export function commandIn(us: Us, scene: Scene, activity: Wire, id: string, at: number): Envelope[] {
  const { room, user } = scene;
  const name = ourName(us, activity);
  if (name === undefined || isPersonal(room.room) || originOf(us, activity) !== 'human') return [];
  const via = { id: `${room.room}:${id}`, user, room, on: refOf(scene, id), expiresAt: at, handle: id };
  return [
    {
      id: `${room.room}:${id}:command`,
      lane: `command:${room.room}:${id}`,
      at,
      redelivery: 0,
      event: { type: 'command', name, prefix: `@${name} `, ...saidTo(us, scene, activity, name), via },
    },
  ];
}

/** With us alone nobody needs to call us: whatever a person says there is said to us. */
export function saidAlone(us: Us, scene: Scene, activity: Wire): Pick<InMessage, 'toMe'> {
  if (!isPersonal(scene.room.room) || originOf(us, activity) !== 'human') return {};
  return { toMe: { ...saidTo(us, scene, activity, ourName(us, activity) ?? ''), alone: true, prefix: '' } };
}

/** Where it begins with our name: that name, as it stands there. */
function ourName(us: Us, activity: Wire): string | undefined {
  const [mention] = ourMentions(us, activity);
  const called = stringOf(mention?.text);
  if (called === undefined || !stringOf(activity.text)?.trimStart().startsWith(called)) return undefined;
  return stringOf(wireOf(mention?.mentioned).name) ?? '';
}

/** The words, without our name before them, and the people who were called by name in them. */
function saidTo(us: Us, { tenant }: Scene, activity: Wire, name: string): { text: string; mentions?: Mention[] } {
  const words = toText(contentOf(activity)).trim();
  const mentions = mentionsOf(activity).flatMap(({ mentioned, text }) => {
    const user = stringOf(wireOf(mentioned).id);
    const called = toText(contentOf({ text: stringOf(text)?.replace(/<\/?at[^>]*>/g, '') })).trim();
    return user === undefined || called === '' || isUs(us, user) ? [] : [{ text: called, who: { adapter: us.adapter, tenant, user } }];
  });
  return { text: words.startsWith(name) ? words.slice(name.length).trim() : words, ...(mentions.length > 0 && { mentions }) };
}
