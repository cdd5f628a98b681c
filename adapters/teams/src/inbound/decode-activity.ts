import type { ChatEvent, Envelope, InMessage } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf, wiresOf } from '#libs/wire/wire';
import { attachedIn, withUnseen } from './attached.ts';
import { commandIn, saidAlone } from './command-in.ts';
import { placeOf } from '../conversations.ts';
import { contentOf } from './content-of.ts';
import { momentOf, nameOf } from './activity.ts';
import { peopleIn } from './mentions-in.ts';
import { reactionsIn } from './reactions-in.ts';
import { type Scene, refOf, sceneOf } from './scene.ts';
import { type Us, isUs, originOf, ourMentions } from './us.ts';

/** What happened, as envelopes: one for a message, one for each person who joined or left. What is not known is `unknown`. */
export function decodeActivity(us: Us, activity: Wire, now: number): Envelope[] {
  const scene = sceneOf(us, activity);
  const id = stringOf(activity.id);
  const at = momentOf(activity, now);
  if (!scene) return [unknownEvent(activity, at)];
  if (id !== undefined && activity.type === 'message')
    return [created(us, scene, activity, id, at), ...commandIn(us, scene, activity, id, at)];
  if (id !== undefined && activity.type === 'messageUpdate') return [edited(us, scene, activity, id, at)];
  if (id !== undefined && activity.type === 'messageDelete') return [removed(scene, id, at)];
  if (activity.type === 'messageReaction') return known(reactionsIn(us, scene, activity, at), activity, at);
  if (activity.type === 'conversationUpdate') return updates(us, scene, activity, at);
  return [unknownEvent(activity, at)];
}

function created(us: Us, scene: Scene, activity: Wire, id: string, heardAt: number): Envelope {
  const at = ownTimeOf(id) ?? heardAt;
  const message = { ...messageOf(us, scene, activity, id, at), ...saidAlone(us, scene, activity) };
  return { ...inRoom(scene, at), id: messageId(scene, id), event: { type: 'message.created', message } };
}

/** A message's own time is its number, as history has it; an edit's is the activity's. */
const ownTimeOf = (id: string): number | undefined => (/^\d{13}$/.test(id) ? Number(id) : undefined);

function edited(us: Us, scene: Scene, activity: Wire, id: string, at: number): Envelope {
  const revision = String(at);
  const message = { ...messageOf(us, scene, activity, id, ownTimeOf(id) ?? at), revision };
  if (wireOf(activity.channelData).eventType === 'undeleteMessage') {
    const event: ChatEvent = { type: 'message.created', message: { ...message, restored: true } };
    return { ...inRoom(scene, at), id: `${messageId(scene, id)}:restored:${revision}`, event };
  }
  return { ...inRoom(scene, at), id: `${messageId(scene, id)}:${revision}`, event: { type: 'message.edited', message } };
}

/** Teams does not say who took it away: its author or an owner of the team. */
function removed(scene: Scene, id: string, at: number): Envelope {
  const event: ChatEvent = { type: 'message.deleted', target: refOf(scene, id) };
  return { ...inRoom(scene, at), id: `${messageId(scene, id)}:deleted`, event };
}

function messageOf(us: Us, scene: Scene, activity: Wire, id: string, at: number): InMessage {
  const origin = originOf(us, activity);
  const content = contentOf(activity, peopleIn(scene.user, activity));
  const { files, unseen } = origin === 'self' ? NOTHING : attachedIn(activity, { id, asks: us.asks ?? false, ...rootIn(activity) });
  return {
    ref: refOf(scene, id),
    author: scene.user,
    origin,
    content: withUnseen(content, unseen),
    at,
    revision: String(at),
    mentionsMe: ourMentions(us, activity).length > 0,
    files: [...files],
  };
}

/** A card of ours is what was said. */
const NOTHING = { files: [], unseen: 0 };

/** Of the thread, also where a thread is a room. */
function rootIn(activity: Wire): { root?: string } {
  const { thread } = placeOf(stringOf(wireOf(activity.conversation).id) ?? '');
  return thread === undefined ? {} : { root: thread };
}

const messageId = ({ room }: Scene, id: string): string => `${room.room}:${id}`;
const inRoom = ({ room }: Scene, at: number): Pick<Envelope, 'lane' | 'at' | 'redelivery'> => ({ lane: room.room, at, redelivery: 0 });

function updates(us: Us, scene: Scene, activity: Wire, at: number): Envelope[] {
  const events = [
    ...membersOf(us, scene, activity.membersAdded, 'joined'),
    ...membersOf(us, scene, activity.membersRemoved, 'left'),
    ...roomEvents(scene, activity),
  ];
  const envelopes = events.map((event, n) => ({ ...inRoom(scene, at), id: `${scene.room.room}:${nameOf(activity)}:${n}`, event }));
  return known(envelopes, activity, at);
}

const known = (envelopes: Envelope[], activity: Wire, at: number): Envelope[] =>
  envelopes.length > 0 ? envelopes : [unknownEvent(activity, at)];

/** Of ourselves it says whether anything is heard there. */
const membersOf = (us: Us, { room, user }: Scene, members: unknown, change: 'joined' | 'left'): ChatEvent[] =>
  wiresOf(members).flatMap(({ id }): ChatEvent[] => {
    if (typeof id !== 'string') return [];
    if (isUs(us, id)) return [{ type: 'room', room, change: change === 'joined' ? 'entered' : 'left', by: user }];
    return [{ type: 'member', room, user: { ...user, user: id }, change }];
  });

const ROOM_CHANGES = {
  channelCreated: 'created',
  channelRenamed: 'renamed',
  channelDeleted: 'deleted',
  channelRestored: 'unarchived',
  teamArchived: 'archived',
  teamUnarchived: 'unarchived',
} as const;

function roomEvents({ room, user }: Scene, activity: Wire): ChatEvent[] {
  const data = wireOf(activity.channelData);
  const kind = stringOf(data.eventType) ?? '';
  if (!Object.hasOwn(ROOM_CHANGES, kind)) return [];
  const channel = wireOf(data.channel);
  const place = { ...room, room: stringOf(channel.id) ?? room.room };
  const value = stringOf(channel.name);
  return [
    { type: 'room', room: place, change: ROOM_CHANGES[kind as keyof typeof ROOM_CHANGES], by: user, ...(value !== undefined && { value }) },
  ];
}

function unknownEvent(activity: Wire, at: number): Envelope {
  const kind = [activity.type, activity.name ?? wireOf(activity.channelData).eventType].flatMap((v) => stringOf(v) ?? []).join(' ');
  return { id: `unknown:${nameOf(activity)}`, lane: 'unknown', at, redelivery: 0, event: { type: 'unknown', name: kind } };
}
