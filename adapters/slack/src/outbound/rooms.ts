import { type Attempt, done, type Room, type RoomChange, type RoomRef, type Rooms, type RoomSpec, unknown } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import type { SlackIdentity } from '../slack-identity.ts';
import { textOf, type Wire, wireOf } from '#libs/wire/wire';
import { roomOf } from './channel.ts';
import { changeRoom } from './change-room.ts';
import { createRoom } from './create-room.ts';
import type { KnownChannels } from './known-channels.ts';
import { invite, type Uninvited } from './invitations.ts';
import { roomName } from './room-name.ts';
import { topicText } from './topic.ts';

/** A room, and who could not be brought into it. */
export type RoomWithPeople = Room & { readonly uninvited?: readonly Uninvited[] };

export class SlackRooms implements Rooms {
  private readonly creating = new Map<string, Promise<unknown>>();

  constructor(
    private readonly client: SlackClient,
    private readonly identity: SlackIdentity,
    private readonly adapter: string,
    private readonly known: KnownChannels,
  ) {}

  /** The same key is the same room, however often and however much at once. People who cannot be invited do not undo it. */
  create(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<RoomWithPeople>> {
    return this.oneByOne(roomName(spec.name), () => this.make(spec, signal));
  }

  /** Null when there is no such channel, or the app cannot see it: Slack does not tell the two apart. */
  async get(room: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>> {
    const info = await this.info(room, signal);
    return isSlackError(info, 'channel_not_found') ? done(null) : info;
  }

  /** Every step may be done again. The first one that fails ends it, and is what is returned. */
  async change(room: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<RoomWithPeople>> {
    const before = to.archived === true ? await this.info(room, signal) : undefined;
    if (before && before.outcome !== 'done') return before;
    const changed = await changeRoom(this.client, room, to, signal);
    if (changed.outcome !== 'done') return changed;
    const info = await this.info(room, signal);
    // Whoever archives puts the app out, and of a private channel it is then told nothing.
    if (before && isSlackError(info, 'channel_not_found')) return done(withPeople({ ...before.value, archived: true }, changed.value));
    return info.outcome === 'done' ? done(withPeople(info.value, changed.value)) : info;
  }

  private async make(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<RoomWithPeople>> {
    const me = await this.identity.ensure(signal);
    if (me.outcome !== 'done') return me;
    const made = await createRoom(this.client, this.known, spec, me.value.user, signal);
    if (made.outcome !== 'done') return made;

    const id = textOf(made.value['id']);
    const topic = topicText(spec.topic ?? '');
    const isSet = topic === '' || wireOf(made.value['topic'])['value'] === topic;
    // Neither waits for the other: whoever declared waits for the channel.
    const [set, invited] = await Promise.all([
      isSet ? done(undefined) : this.client.call<object>('conversations.setTopic', { channel: id, topic }, signal),
      invite(this.client, id, spec.members, signal),
    ]);
    if (set.outcome !== 'done') return halfDone(set);
    if (invited.outcome !== 'done') return halfDone(invited);
    const channel: Wire = topic === '' ? made.value : { ...made.value, topic: { value: topic } };
    return done(withPeople(roomOf(channel, { adapter: this.adapter, tenant: me.value.tenant, url: me.value.url }), invited.value));
  }

  private async info(room: RoomRef, signal: AbortSignal): Promise<Attempt<Room>> {
    const info = await this.client.call<{ channel: Wire }>('conversations.info', { channel: room.room }, signal);
    if (info.outcome !== 'done') return info;
    return done(roomOf(info.value.channel, { adapter: this.adapter, tenant: room.tenant, url: this.identity.current?.url }));
  }

  /** Two at once that want one name would both see a room without its key. One after the other they cannot. */
  private oneByOne<T>(name: string, make: () => Promise<T>): Promise<T> {
    const mine = (this.creating.get(name) ?? Promise.resolve()).then(make);
    const settled = mine
      .catch(() => undefined)
      .finally(() => {
        if (this.creating.get(name) === settled) this.creating.delete(name);
      });
    this.creating.set(name, settled);
    return mine;
  }
}

const withPeople = (room: Room, uninvited: readonly Uninvited[]): RoomWithPeople => (uninvited.length > 0 ? { ...room, uninvited } : room);

/** The room is there, so it was not refused; asked again, creation goes on from where it stopped. */
const halfDone = (attempt: Exclude<Attempt<unknown>, { outcome: 'done' }>): Attempt<never> =>
  attempt.fault.code === 'rate-limited' || attempt.fault.code === 'auth' ? attempt : unknown(attempt.fault);
