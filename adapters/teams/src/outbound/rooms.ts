import {
  type AdapterContext,
  type Attempt,
  type Room,
  type RoomChange,
  type RoomRef,
  type RoomSpec,
  type Rooms,
  done,
  refused,
} from '@musterhq/chat-port';
import { type Wire, stringOf } from '#libs/wire/wire';
import { placeOf, threadOf } from '../conversations.ts';
import type { Connector } from './connector.ts';
import { type Root, rootBody } from './root.ts';

interface Made extends Root {
  readonly thread: string;
}

interface Where {
  readonly adapter: string;
  readonly tenant: string;
  readonly channel: string;
}

/**
 * A room is a thread in the channel that was chosen for it: one message of ours that begins it, with the incident's name and how it
 * stands, and everything else beneath. Teams gives a bot no way to ask which threads there are. So what was made is remembered by its
 * key, and of a thread whose making had no end nobody can tell whether it is there: made again is made twice (CP12). The core asks a
 * person first, because `room.create` is declared partial.
 */
export class TeamsRooms implements Rooms {
  private readonly making = new Map<string, Promise<Attempt<Room>>>();

  constructor(
    private readonly where: Where,
    private readonly connector: Connector,
    private readonly ctx: Pick<AdapterContext, 'kv' | 'log'>,
  ) {}

  readonly create = (spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> => {
    const making = this.making.get(spec.key) ?? this.createOnce(spec, signal).finally(() => this.making.delete(spec.key));
    this.making.set(spec.key, making);
    return making;
  };

  /** Whether it is there is asked of Teams, and what it is called of our memory: Teams tells a bot no words of the past. */
  readonly get = async (ref: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>> => {
    const seen = await this.connector.call({ method: 'GET', path: [ref.room, 'pagedmembers'] }, () => true, signal);
    if (seen.outcome === 'refused' && seen.fault.code === 'not-found') return done(null);
    if (seen.outcome !== 'done') return seen;
    const made = await this.recall(rootKey(ref.room));
    return done(made && made !== AWAY ? this.roomOf(made) : { ref, name: 'a thread', archived: false });
  };

  /** Name and topic are words of the first message. */
  readonly change = async ({ room }: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>> => {
    const { name, topic, ...others } = to;
    if (Object.values(others).some((one) => one !== undefined)) return refused({ code: 'unsupported', scope: 'message' });
    const made = await this.recall(rootKey(room));
    if (made === AWAY) return UNREMEMBERED;
    if (!made)
      return refused({ code: 'not-found', scope: 'message', detail: 'Muster does not know this thread’s first message any more.' });
    const changed: Made = { ...made, ...(name !== undefined && { name }), ...(topic !== undefined && { topic }) };
    const path = [room, 'activities', made.thread];
    const ended = await this.connector.call({ method: 'PUT', path, body: { ...rootBody(changed), id: made.thread } }, () => true, signal);
    if (ended.outcome !== 'done') return ended;
    await this.remember(rootKey(room), changed);
    return done(this.roomOf(changed));
  };

  private async createOnce(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> {
    const made = await this.recall(roomKey(spec.key));
    if (made === AWAY) return UNREMEMBERED;
    if (made) return done(this.roomOf(made));
    const { name, topic } = spec;
    const root: Root = { name, ...(topic !== undefined && { topic }) };
    const body = { isGroup: true, channelData: { channel: { id: this.where.channel } }, activity: rootBody(root) };
    const begun = await this.connector.call({ method: 'POST', path: [], body }, threadIn, signal);
    if (begun.outcome !== 'done') return begun;
    const thread: Made = { ...root, thread: begun.value };
    await this.remember(roomKey(spec.key), thread);
    await this.remember(rootKey(threadOf(this.where.channel, begun.value)), thread);
    return done(this.roomOf(thread));
  }

  private roomOf({ name, topic, thread }: Made): Room {
    const { adapter, tenant, channel } = this.where;
    const link = `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${thread}?${new URLSearchParams({ tenantId: tenant, parentMessageId: thread }).toString()}`;
    return {
      ref: { adapter, tenant, room: threadOf(channel, thread) },
      name,
      ...(topic !== undefined && { topic }),
      archived: false,
      permalink: link,
    };
  }

  private async recall(key: string): Promise<Made | null | typeof AWAY> {
    try {
      return JSON.parse((await this.ctx.kv.get(key)) ?? 'null') as Made | null;
    } catch {
      return AWAY;
    }
  }

  /** The thread is there all the same: whoever asked is told of it, and keeps its id too. */
  private async remember(key: string, made: Made): Promise<void> {
    await this.ctx.kv.set(key, JSON.stringify(made)).catch((error: unknown) => {
      this.ctx.log.warn({ error }, 'the thread of an incident could not be remembered');
    });
  }
}

const AWAY = Symbol('nobody can say what was made');
/** Nothing was sent. */
const UNREMEMBERED = refused({ code: 'unavailable', scope: 'room', native: 'memory' });

const roomKey = (key: string): string => `room:${key}`;
const rootKey = (room: string): string => `root:${room}`;

const threadIn = ({ id, activityId }: Wire): string | undefined => stringOf(activityId) ?? placeOf(stringOf(id) ?? '').thread;
