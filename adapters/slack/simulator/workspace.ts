import type { Draw } from './draw.ts';
import type { SlackUser } from './objects.ts';
import { checkName, newRoom, type Room } from './room.ts';
import { SlackError } from './slack-error.ts';
import { nextTs } from './ts.ts';
import type { NewGroup, NewUser, SlackApp, SlackTeam } from './types.ts';
import type { Directory } from './text.ts';

export type SlackEvent = { readonly type: string; readonly [field: string]: unknown };

/** Who hears of what happens: the app through events (`room` decides whether it may), the page through `changed`. */
export interface WorkspaceListener {
  event(event: SlackEvent, room?: Room): void;
  changed(): void;
}

/** The people and rooms of the pretend workspace. Silent: what is added here is there, as if it had always been. */
export class Workspace implements Directory {
  readonly users = new Map<string, SlackUser>();
  readonly rooms = new Map<string, Room>();
  readonly groups = new Map<string, NewGroup>();
  readonly team: SlackTeam;
  readonly app: SlackApp;
  readonly now: () => number;
  readonly draw: Draw;
  readonly listener: WorkspaceListener;

  constructor(of: { team: SlackTeam; app: SlackApp; now: () => number; draw: Draw; listener: WorkspaceListener }) {
    this.team = of.team;
    this.app = of.app;
    this.now = of.now;
    this.draw = of.draw;
    this.listener = of.listener;
    this.users.set(
      this.app.botUserId,
      this.#user({ id: this.app.botUserId, name: this.app.name.toLowerCase(), realName: this.app.name, bot: true }),
    );
  }

  addUser(u: NewUser): SlackUser {
    const user = this.#user({ ...u, id: u.id ?? this.draw.id('U') });
    if (this.users.has(user.id)) throw new Error(`There is a user ${user.id} already. Give another id, or none.`);
    this.users.set(user.id, user);
    this.listener.changed();
    return user;
  }

  deactivate(id: string): void {
    this.users.set(id, { ...this.user(id), deleted: true, updated: this.seconds() });
    for (const room of this.rooms.values()) if (room.kind !== 'im') room.members.delete(id);
    this.listener.changed();
  }

  addGroup(group: NewGroup): string {
    const id = this.draw.id('S');
    this.groups.set(id, group);
    return id;
  }

  addRoom(c: { name: string; kind: Room['kind']; creator: string; id?: string; members?: readonly string[] }): Room {
    if (c.kind !== 'im') this.refuseName(c.name);
    const id = c.id ?? this.draw.id(c.kind === 'im' ? 'D' : 'C');
    const room = newRoom({ id, kind: c.kind, name: c.name, creator: c.creator, created: this.seconds() });
    for (const member of c.members ?? []) room.members.add(member);
    this.rooms.set(id, room);
    this.listener.changed();
    return room;
  }

  /** Throws Slack's refusal when the name is not allowed or in use, also by an archived or a private channel. */
  refuseName(name: string, except?: Room): void {
    checkName(name);
    for (const room of this.rooms.values())
      if (room !== except && room.kind !== 'im' && room.name === name) throw new SlackError('name_taken');
  }

  user(id: string): SlackUser {
    const user = this.users.get(id);
    if (!user) throw new SlackError('user_not_found');
    return user;
  }

  room(id: string): Room {
    const room = this.rooms.get(id);
    if (!room) throw new SlackError('channel_not_found');
    return room;
  }

  /** The direct message between the app and a person; made when there is none yet. */
  directMessage(userId: string): Room {
    const user = this.user(userId);
    for (const room of this.rooms.values()) if (room.kind === 'im' && room.members.has(userId)) return room;
    return this.addRoom({ name: user.name, kind: 'im', creator: this.app.botUserId, members: [this.app.botUserId, userId] });
  }

  userByName(name: string): SlackUser | undefined {
    return this.users.get(name) ?? [...this.users.values()].find((u) => u.name === name || u.profile.display_name === name);
  }

  channelByName(name: string): Room | undefined {
    return this.rooms.get(name) ?? [...this.rooms.values()].find((r) => r.kind !== 'im' && r.name === name);
  }

  /** A ts of this room that nothing else in it has or will have. */
  takeTs(room: Room): string {
    room.lastTs = nextTs(this.now(), room.lastTs);
    return room.lastTs;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  #user(u: NewUser & { readonly id: string; readonly bot?: boolean }): SlackUser {
    const shown = u.displayName ?? '';
    return {
      id: u.id,
      team_id: this.team.id,
      name: u.name,
      real_name: u.realName,
      deleted: false,
      is_bot: u.bot ?? false,
      is_restricted: u.guest !== undefined,
      is_ultra_restricted: u.guest === 'single',
      is_app_user: false,
      ...(u.bot ? {} : { is_email_confirmed: u.email !== undefined }),
      tz: u.tz ?? 'Europe/Berlin',
      tz_label: u.tz ?? 'Europe/Berlin',
      tz_offset: 0,
      updated: this.seconds(),
      profile: {
        real_name: u.realName,
        real_name_normalized: u.realName,
        display_name: shown,
        display_name_normalized: shown,
        ...(u.email === undefined ? {} : { email: u.email }),
        image_48: '',
        team: this.team.id,
        ...(u.bot ? { api_app_id: this.app.id, bot_id: this.app.botId } : {}),
      },
    };
  }
}
