import type { Envelope } from '@musterhq/chat-port';
import { stringOf, type Wire, wiresOf } from '#libs/wire/wire';
import { emojiOf } from '../content/reaction.ts';
import { nameOf } from './activity.ts';
import { type Scene, refOf } from './scene.ts';
import { type Us, originOf } from './us.ts';

/** How people react, and take it back: several at once are several events. Teams tells a bot of what it said itself. */
export function reactionsIn(us: Us, scene: Scene, activity: Wire, at: number): Envelope[] {
  const message = stringOf(activity.replyToId);
  // Our own stand for people who are elsewhere.
  if (message === undefined || originOf(us, activity) !== 'human') return [];
  const { room, user } = scene;
  const target = refOf(scene, message);
  const told = [...of(activity.reactionsAdded, true), ...of(activity.reactionsRemoved, false)];
  return told.map(({ emoji, added }) => ({
    id: `${room.room}:${message}:reaction:${emoji}:${user.user}:${added ? '+' : '-'}:${nameOf(activity)}`,
    lane: room.room,
    at,
    redelivery: 0,
    event: { type: 'reaction', target, user, emoji, added },
  }));
}

const of = (reactions: unknown, added: boolean): { emoji: string; added: boolean }[] =>
  wiresOf(reactions).flatMap(({ type }) => (typeof type === 'string' && type !== '' ? [{ emoji: emojiOf(type), added }] : []));
