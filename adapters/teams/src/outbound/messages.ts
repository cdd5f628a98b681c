import {
  type Attempt,
  type MessageRef,
  type Messages,
  type Receipt,
  type RoomRef,
  type Send,
  type UserRef,
  done,
  refused,
} from '@musterhq/chat-port';
import { isChannel, isPersonal, placeOf, threadOf } from '../conversations.ts';
import { render, type TeamsBody } from '../content/render.ts';
import { type Wire, stringOf } from '#libs/wire/wire';
import { keyed } from '../content/own-key.ts';
import type { Call, Connector } from './connector.ts';
import type { OwnKeys } from './own-keys.ts';
import type { Roster } from './roster.ts';

/** How what was said is found again, where Graph can be asked. */
export interface ReadBack {
  readonly keys: OwnKeys;
  readonly find: NonNullable<Messages['reconcile']>;
}

/** `notice` hears how each call ended. */
export class TeamsMessages implements Messages {
  readonly reconcile?: NonNullable<Messages['reconcile']>;

  constructor(
    private readonly connector: Connector,
    private readonly roster: Roster,
    private readonly notice: (ended: Attempt<unknown>) => void,
    private readonly now: () => number,
    private readonly back?: ReadBack,
  ) {
    if (back) this.reconcile = back.find;
  }

  readonly render = render;

  readonly send = async (s: Send, signal: AbortSignal): Promise<Attempt<Receipt>> => {
    const no = s.onlyFor && (await this.notAlone(s.room, s.onlyFor, signal));
    if (no) return no;
    const sent = await this.say(s, signal);
    if (sent.outcome === 'done') await this.back?.keys.keep(sent.value.message, s.key);
    return sent;
  };

  private say({ key, room, thread, part }: Send, signal: AbortSignal): Promise<Attempt<Receipt>> {
    const activity = keyed(part.body as TeamsBody, key);
    if (thread === undefined && isChannel(room.room)) return this.begin(room, activity, signal);
    const conversation = threadOf(room.room, thread);
    return this.call(
      { method: 'POST', path: [conversation, 'activities'], body: activity },
      (answer) => this.receipt(room, answer.id, thread),
      signal,
    );
  }

  /** The card is replaced with the key in it, so that is put there again: the one that the message was sent with. */
  readonly edit = async (message: MessageRef, { part }: Omit<Send, 'room'>, signal: AbortSignal): Promise<Attempt<Receipt>> => {
    const { room, id, thread } = message;
    const key = await (this.back?.keys.of(message, signal) ?? done(undefined));
    if (key.outcome !== 'done') return key;
    const path = [threadOf(room.room, thread ?? id), 'activities', id];
    const body = key.value === undefined ? (part.body as TeamsBody) : keyed(part.body as TeamsBody, key.value);
    return this.call({ method: 'PUT', path, body: { ...body, id } }, () => this.receipt(room, id, thread), signal);
  };

  readonly remove = async ({ room, id, thread }: MessageRef, signal: AbortSignal): Promise<Attempt<void>> => {
    const path = [threadOf(room.room, thread ?? id), 'activities', id];
    const ended = await this.call({ method: 'DELETE', path }, () => true, signal);
    return ended.outcome === 'done' ? done(undefined) : ended;
  };

  /** Where others read too nothing is for one person; with us alone everything is, for that person. */
  private async notAlone({ room }: RoomRef, { user }: UserRef, signal: AbortSignal): Promise<Attempt<never> | undefined> {
    if (!isPersonal(room)) return NOT_FOR_ONE;
    const member = await this.roster.member(room, user, signal);
    if (member.outcome !== 'done') return refused(member.fault);
    return member.value ? undefined : NOT_FOR_ONE;
  }

  /** In a channel a message of its own is the first of a new thread. */
  private begin(room: RoomRef, activity: TeamsBody, signal: AbortSignal): Promise<Attempt<Receipt>> {
    const body = { isGroup: true, channelData: { channel: { id: room.room } }, activity };
    const read = ({ id, activityId }: Wire): Receipt | undefined => this.receipt(room, activityId ?? placeOf(stringOf(id) ?? '').thread);
    return this.call({ method: 'POST', path: [], body }, read, signal);
  }

  /** A message's number is the moment at which Teams took it. */
  private receipt(room: RoomRef, id: unknown, thread?: string): Receipt | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    const at = Number(id);
    return { message: { room, id, ...(thread !== undefined && { thread }) }, at: Number.isFinite(at) ? at : this.now() };
  }

  private async call<T>(call: Call, read: (answer: Wire) => T | undefined, signal: AbortSignal): Promise<Attempt<T>> {
    const ended = await this.connector.call(call, read, signal);
    this.notice(ended);
    return ended;
  }
}

const NOT_FOR_ONE = refused({
  code: 'unsupported',
  scope: 'message',
  detail: 'What is for one person alone is said in their own chat with Muster.',
});
