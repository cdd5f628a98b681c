import {
  type Attempt,
  type Fault,
  type Room,
  type RoomChange,
  type RoomRef,
  type RoomSpec,
  type Rooms,
  type UserRef,
  done,
  refused,
  unknown,
} from '@musterhq/chat-port';
import type { Roster } from '../outbound/roster.ts';
import { written } from './channel-description.ts';
import { channelName, channelNameOf } from './channel-name.ts';
import type { Channel, Channels } from './channels.ts';
import { NAME_TAKEN } from './graph-faults.ts';

export interface ChannelsWhere {
  readonly adapter: string;
  readonly tenant: string;
  /** Any channel of the team in which the bot is: who is in one is in the team. */
  readonly channel: string;
}

/**
 * A room is a channel of the team that was chosen. Its key stands in its description, so it is found again whatever became of the answer
 * to its making (CP12). Teams gives a name once in a team, also to what it shows nobody: a name that is taken by a channel that nobody
 * sees may be our own of a moment ago, so nothing is made under another name then, and the core asks again.
 */
export class ChannelRooms implements Rooms {
  private readonly making = new Map<string, Promise<Attempt<Room>>>();

  constructor(
    private readonly where: ChannelsWhere,
    private readonly channels: Channels,
    private readonly roster: Pick<Roster, 'member'>,
  ) {}

  readonly create = (spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> => {
    const making = this.making.get(spec.key) ?? this.createOnce(spec, signal).finally(() => this.making.delete(spec.key));
    this.making.set(spec.key, making);
    return making;
  };

  readonly get = async ({ room }: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>> => {
    const found = await this.channels.find(room, signal);
    return found.outcome === 'done' ? done(found.value && this.roomOf(found.value)) : found;
  };

  readonly change = async ({ room }: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>> => {
    const { name, topic, archived, ...others } = to;
    if (Object.values(others).some((one) => one !== undefined)) return NOT_IN_CHANNELS;
    const found = await this.channels.find(room, signal);
    if (found.outcome !== 'done') return found;
    if (!found.value) return refused({ code: 'not-found', scope: 'room' });
    let channel: Channel = found.value;
    let isSettled = true;
    if (archived === false && channel.isArchived) {
      const back = await this.channels.archive(room, false, signal);
      if (back.outcome !== 'done') return back;
      if (!back.settled && (name !== undefined || topic !== undefined)) return COMING_BACK;
      [channel, isSettled] = [{ ...channel, isArchived: false }, back.settled];
    }
    const changed = await this.inWords(channel, { ...(name !== undefined && { name }), ...(topic !== undefined && { topic }) }, signal);
    if (changed.outcome !== 'done') return changed;
    if (archived !== true || channel.isArchived) return done(this.roomOf(changed.value), isSettled);
    const away = await this.channels.archive(room, true, signal);
    return away.outcome === 'done' ? done(this.roomOf({ ...changed.value, isArchived: true }), away.settled) : away;
  };

  private async createOnce(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> {
    const there = await this.channels.all(signal);
    if (there.outcome !== 'done') return there;
    const made = there.value.find(({ key }) => key === spec.key);
    if (made) return this.withThose(spec, made, signal);
    const begun = await this.make(spec, channelName(spec.name), signal);
    return begun.outcome === 'done' ? this.withThose(spec, begun.value, signal) : begun;
  }

  private async make(spec: RoomSpec, name: string, signal: AbortSignal): Promise<Attempt<Channel>> {
    const made = await this.channels.make(name, written(spec), signal);
    if (!isNameTaken(made)) return made;
    const there = await this.channels.all(signal);
    if (there.outcome !== 'done') return there;
    const ours = there.value.find(({ key }) => key === spec.key);
    if (ours) return done(ours);
    const other = channelNameOf(spec.name, spec.key);
    const isAnothers = there.value.some((channel) => isSame(channel.name, name));
    return isAnothers && !isSame(name, other) ? this.make(spec, other, signal) : UNSEEN;
  }

  /** One call for name and topic; what is so already is not sent. */
  private async inWords(
    channel: Channel,
    { name, topic }: { name?: string; topic?: string },
    signal: AbortSignal,
  ): Promise<Attempt<Channel>> {
    const description = written({ ...channel, ...(topic !== undefined && { topic }) });
    const names = name === undefined ? [channel.name] : [channelName(name), channelNameOf(name, channel.key ?? channel.id)];
    const called = names.find((one) => one === channel.name) ?? names[0] ?? channel.name;
    if (called === channel.name && description === written(channel)) return done(channel);
    const to = (displayName: string) => ({
      ...(displayName !== channel.name && { displayName }),
      ...(topic !== undefined && { description }),
    });
    let changed = await this.channels.change(channel.id, to(called), signal);
    let now = called;
    if (isNameTaken(changed) && names[1] !== undefined) changed = await this.channels.change(channel.id, to((now = names[1])), signal);
    return changed.outcome === 'done' ? done({ ...channel, name: now, ...(topic !== undefined && { topic }) }) : changed;
  }

  /** Whoever is not in the team does not see it, and only people bring others into a team. */
  private async withThose({ members }: RoomSpec, channel: Channel, signal: AbortSignal): Promise<Attempt<Room>> {
    const uninvited: { user: UserRef; fault: Fault }[] = [];
    for (const user of members) {
      const member = await this.roster.member(this.where.channel, user.user, signal);
      if (member.outcome === 'done' && member.value === null) uninvited.push({ user, fault: NOT_IN_TEAM });
    }
    return done({ ...this.roomOf(channel), ...(uninvited.length > 0 && { uninvited }) });
  }

  private roomOf({ id, name, topic, key, isArchived, link }: Channel): Room {
    const { adapter, tenant } = this.where;
    return {
      ref: { adapter, tenant, room: id },
      name,
      ...(topic !== undefined && { topic }),
      archived: isArchived,
      ...(link !== undefined && { permalink: link }),
      ...(key !== undefined && { key }),
    };
  }
}

const isNameTaken = (ended: Attempt<unknown>): boolean => ended.outcome === 'refused' && ended.fault.native === NAME_TAKEN;
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const NOT_IN_CHANNELS = refused({
  code: 'unsupported',
  scope: 'message',
  detail: 'Muster can name, describe and archive a channel of Teams. Who is in it is whoever is in its team.',
});

const COMING_BACK = refused({ code: 'unavailable', scope: 'room', remedy: 'wait', detail: 'Teams is still bringing the channel back.' });

const UNSEEN = unknown({
  code: 'unavailable',
  scope: 'message',
  native: NAME_TAKEN,
  detail:
    'Teams has a channel of this name that it does not show: one that was made a moment ago, or one that was deleted less than 30 days ago. Restore that one, or name the incident otherwise.',
});

const NOT_IN_TEAM: Fault = {
  code: 'not-found',
  scope: 'message',
  detail: 'They are not in the team of Teams that has the channel. An owner of the team can add them.',
};
