import {
  type Attempt,
  type Fault,
  type Room,
  type RoomChange,
  type RoomRef,
  type RoomSpec,
  type Rooms,
  done,
  refused,
  unknown,
} from '@musterhq/chat-port';
import type { Catalogue, CataloguedApp } from './catalogue.ts';
import type { ChatMembership, Uninvited } from './chat-membership.ts';
import type { ChatPeople, ChatPeopleFound } from './chat-people.ts';
import { chatTitle } from './chat-title.ts';
import { type Chat, type Chats, MANAGES_CHAT } from './chats.ts';
import { AWAY, type MadeChat, type MadeChats } from './made-chats.ts';

export interface ChatsWhere {
  readonly adapter: string;
  readonly tenant: string;
}

/** As many can be in it from the first moment; the others are brought in after that. */
const MOST_AT_ONCE = 200;
/** How long a new chat, and what it gave the app, may be unknown in parts of Graph. */
const SPREADS_MS = 120_000;

/**
 * A room is a group chat: nobody reads in it but who was let in. It is made, then the app is added to it, then whoever is missing is
 * brought in: Graph is known to lose some as it makes a chat. Each step after the first may be done again, so what was made is kept by its
 * key at once. Which chats there are Graph tells an app only together with everybody's, which is not asked for. So of a chat whose
 * making had no end nobody can tell whether it is there, and the core asks a person: `room.create` is declared partial.
 */
export class ChatRooms implements Rooms {
  private readonly making = new Map<string, Promise<Attempt<Room>>>();

  constructor(
    private readonly where: ChatsWhere,
    private readonly chats: Chats,
    private readonly catalogue: Catalogue,
    private readonly people: ChatPeople,
    private readonly membership: ChatMembership,
    private readonly made: MadeChats,
    private readonly now: () => number,
  ) {}

  readonly create = (spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> => {
    const making = this.making.get(spec.key) ?? this.createOnce(spec, signal).finally(() => this.making.delete(spec.key));
    this.making.set(spec.key, making);
    return making;
  };

  readonly get = async ({ room }: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>> => {
    const found = await this.chats.find(room, signal);
    return found.outcome === 'done' ? done(found.value && this.roomOf(found.value)) : found;
  };

  readonly change = async ({ room }: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>> => {
    const { name, invite, remove, ...others } = to;
    if (Object.values(others).some((one) => one !== undefined)) return NOT_IN_CHATS;
    const found = await this.chats.find(room, signal);
    if (found.outcome !== 'done') return found;
    if (!found.value) return refused({ code: 'not-found', scope: 'room' });
    let chat: Chat = found.value;
    const title = name === undefined ? chat.name : chatTitle(name);
    if (title !== chat.name) {
      const renamed = await this.chats.rename(room, title, signal);
      if (renamed.outcome !== 'done') return renamed;
      chat = { ...chat, name: title };
    }
    if (remove) {
      const removed = await this.membership.remove(room, remove, signal);
      if (removed.outcome !== 'done') return removed;
    }
    const invited = await this.membership.invite(room, invite ?? [], signal);
    return invited.outcome === 'done' ? done(this.roomOf(chat, invited.value)) : invited;
  };

  private async createOnce(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> {
    const before = await this.made.of(spec.key);
    if (before === AWAY) return UNREMEMBERED;
    if (before?.isReady) return done(this.roomOf(before));
    const [people, app] = await Promise.all([this.people.of(spec.members, signal), this.catalogue.ours(signal)]);
    if (people.outcome !== 'done') return refused(people.fault);
    if (app.outcome !== 'done') return refused(app.fault);
    if (!app.value.asks.includes(MANAGES_CHAT)) return OLDER_APP;
    const missing = { people: people.value, app: app.value };
    if (before) return this.finish(spec.key, before, missing, signal);

    const { known } = people.value;
    if (known.length === 0) return NOBODY;
    const begun = await this.chats.make(chatTitle(spec.name), known.slice(0, MOST_AT_ONCE), signal);
    if (begun.outcome !== 'done') return begun;
    const chat: MadeChat = { ...begun.value, madeAt: this.now(), isReady: false };
    const isKept = await this.made.keep(spec.key, chat);
    const finished = await this.finish(spec.key, chat, missing, signal);
    return finished.outcome === 'done' || isKept ? finished : unknown(finished.fault);
  }

  /** All of it may be done again, so that it has an end which nobody knows is no more than that it is not done. */
  private async finish(key: string, chat: MadeChat, { people, app }: Missing, signal: AbortSignal): Promise<Attempt<Room>> {
    const installed = await this.chats.install(chat.id, app, signal);
    if (installed.outcome !== 'done') return this.unlessTooSoon(installed.fault, chat);
    const invited = await this.membership.bring(chat.id, people.known, people.unknown, signal);
    if (invited.outcome !== 'done') return this.unlessTooSoon(invited.fault, chat);
    await this.made.keep(key, { ...chat, isReady: true });
    return done(this.roomOf(chat, invited.value));
  }

  /** What was made and given a moment ago Graph need not know of everywhere. */
  private unlessTooSoon(fault: Fault, { madeAt }: MadeChat): Attempt<never> {
    const isTooSoon = (fault.code === 'not-found' || fault.code === 'forbidden') && this.now() < madeAt + SPREADS_MS;
    return refused(isTooSoon ? { ...fault, code: 'unavailable', remedy: 'wait' } : fault);
  }

  private roomOf({ id, name, link }: Chat, uninvited: readonly Uninvited[] = []): Room {
    const { adapter, tenant } = this.where;
    return {
      ref: { adapter, tenant, room: id },
      name,
      archived: false,
      ...(link !== undefined && { permalink: link }),
      ...(uninvited.length > 0 && { uninvited }),
    };
  }
}

interface Missing {
  readonly people: ChatPeopleFound;
  readonly app: CataloguedApp;
}

const NOT_IN_CHATS = refused({
  code: 'unsupported',
  scope: 'message',
  detail: 'Muster can name a group chat of Teams and change who is in it. It has no topic, and nobody can archive it.',
});

/** Nothing was sent. */
const UNREMEMBERED = refused({ code: 'unavailable', scope: 'room', native: 'memory' });

/** As `Fault.native`: whoever takes part is nobody whom Teams knows. */
export const NOBODY_KNOWN = 'nobody-known';
const NOBODY = refused({
  code: 'not-found',
  scope: 'room',
  native: NOBODY_KNOWN,
  detail:
    'Teams makes no group chat without people, and of those who take part it knows nobody: they are not in the team that was chosen for incidents, and have not spoken to Muster. It goes on in the war room.',
});

const OLDER_APP = refused({
  code: 'forbidden',
  scope: 'room',
  remedy: 'ask-admin',
  detail: `The app Muster that your organisation has is older than this choice: it does not ask chats for ${MANAGES_CHAT}. An administrator of Teams takes its place with the file from the setup page of Teams.`,
});
