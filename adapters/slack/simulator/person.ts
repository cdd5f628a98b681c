import type { FileCabinet } from './files/file-cabinet.ts';
import type { NewFile } from './files/file.types.ts';
import type { Faults } from './faults.ts';
import type { Messages } from './happenings.ts';
import type { Gestures } from './interactions/gestures.ts';
import type { Interactions } from './interactions/interactions.ts';
import type { Membership } from './membership.ts';
import type { OpenView, SlackChannel, SlackMessage, SlackUser } from './objects.ts';
import { typedToRichText } from './rich-text.ts';
import { toChannel, type Room } from './room.ts';
import { SlackError } from './slack-error.ts';
import { typedToText } from './text.ts';
import type { InteractionResult, PretendPerson, SayOptions, ViewValues } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface World {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly membership: Membership;
  readonly interactions: Interactions;
  readonly gestures: Gestures;
  readonly faults: Faults;
  readonly files: FileCabinet;
}

/** A member at their own Slack window. What Slack would refuse rejects with Slack's code. */
export class Person implements PretendPerson {
  readonly #it: World;
  readonly #id: string;

  constructor(world: World, id: string) {
    this.#it = world;
    this.#id = id;
  }

  get user(): SlackUser {
    return this.#it.workspace.user(this.#id);
  }

  async say(channelId: string, text: string, o: SayOptions = {}): Promise<SlackMessage> {
    const room = this.#writable(channelId);
    if (text === '' && !o.blocks) throw new SlackError('no_text');
    if ([...text].length > 40_000) throw new SlackError('msg_too_long');
    const { workspace, messages } = this.#it;
    const thread = o.threadTs === undefined ? {} : { thread_ts: o.threadTs };
    const forced = o.ts === undefined ? {} : { ts: o.ts };
    const content = { text: typedToText(text, workspace), blocks: o.blocks ?? [typedToRichText(text, workspace, workspace.draw.hex(5))] };
    return messages.post(room, { user: this.#id, client_msg_id: workspace.draw.uuid(), ...content, ...thread, ...forced });
  }

  async share(channelId: string, given: readonly NewFile[], o: { text?: string; threadTs?: string } = {}): Promise<SlackMessage> {
    const room = this.#writable(channelId);
    const { workspace, messages, files } = this.#it;
    const added = given.map((one) => files.add(one, this.#id));
    const words = o.text ?? '';
    const blocks = words === '' ? {} : { blocks: [typedToRichText(words, workspace, workspace.draw.hex(5))] };
    const message = messages.post(room, {
      subtype: 'file_share',
      user: this.#id,
      client_msg_id: workspace.draw.uuid(),
      text: typedToText(words, workspace),
      ...blocks,
      files: added.map((file) => files.inMessage(file)),
      upload: true,
      display_as_bot: false,
      ...(o.threadTs === undefined ? {} : { thread_ts: o.threadTs }),
    });
    for (const file of added) files.shown(file, room, message.ts);
    return message;
  }

  async removeFile(fileId: string): Promise<void> {
    const { files, messages } = this.#it;
    const file = files.find(fileId);
    if (file.user !== this.#id) throw new SlackError('cant_delete_file');
    messages.withoutFile(files, file);
  }

  async edit(channelId: string, ts: string, text: string): Promise<SlackMessage> {
    const room = this.#writable(channelId);
    this.#mine(room, ts, 'cant_update_message');
    const { workspace, messages } = this.#it;
    const content = { text: typedToText(text, workspace), blocks: [typedToRichText(text, workspace, workspace.draw.hex(5))] };
    return messages.change(room, ts, content, this.#id);
  }

  async remove(channelId: string, ts: string): Promise<void> {
    const room = this.#writable(channelId);
    this.#mine(room, ts, 'cant_delete_message');
    this.#it.messages.remove(room, ts);
  }

  async react(channelId: string, ts: string, name: string, on = true): Promise<void> {
    this.#it.messages.react(this.#writable(channelId), ts, name, this.#id, on);
  }

  async pin(channelId: string, ts: string, on = true): Promise<void> {
    this.#it.messages.pin(this.#writable(channelId), ts, this.#id, on);
  }

  async join(channelId: string): Promise<void> {
    this.#it.membership.join(this.#reachable(channelId), this.#id);
  }

  async leave(channelId: string): Promise<void> {
    this.#it.membership.leave(this.#reachable(channelId), this.#id);
  }

  async createChannel(name: string, o: { isPrivate?: boolean } = {}): Promise<SlackChannel> {
    this.#refuseWhenStuck();
    return this.#shown(this.#it.membership.create(name, this.#id, o.isPrivate ?? false));
  }

  async rename(channelId: string, name: string): Promise<void> {
    this.#it.membership.rename(this.#reachable(channelId), name, this.#id);
  }

  async invite(channelId: string, userId: string): Promise<void> {
    const room = this.#writable(channelId);
    this.#it.membership.join(room, this.#it.workspace.user(userId).id, this.#id);
  }

  async kick(channelId: string, userId: string): Promise<void> {
    this.#it.membership.leave(this.#writable(channelId), userId, this.#id);
  }

  async archive(channelId: string, on = true): Promise<void> {
    const room = this.#reachable(channelId);
    if (on) this.#it.membership.archive(room, this.#id);
    else this.#it.membership.unarchive(room, this.#id);
  }

  async setTopic(channelId: string, topic: string): Promise<void> {
    this.#it.membership.setTopic(this.#reachable(channelId), topic, this.#id);
  }

  async openHome(): Promise<void> {
    this.#refuseWhenStuck();
    const { workspace } = this.#it;
    const room = workspace.directMessage(this.#id);
    workspace.listener.event({
      type: 'app_home_opened',
      user: this.#id,
      channel: room.id,
      tab: 'home',
      event_ts: (workspace.now() / 1000).toFixed(6),
    });
  }

  async command(command: string, text: string, channelId: string): Promise<InteractionResult> {
    return this.#it.gestures.command(this.user, command, text, this.#it.workspace.room(channelId));
  }

  async press(channelId: string, ts: string, actionId: string, value?: string): Promise<InteractionResult> {
    return this.#it.gestures.press(this.user, this.#it.workspace.room(channelId), ts, actionId, value);
  }

  async pressInView(viewId: string, actionId: string, value?: string): Promise<InteractionResult> {
    return this.#it.gestures.pressInView(this.user, viewId, actionId, value);
  }

  async shortcut(callbackId: string, channelId: string, ts: string): Promise<InteractionResult> {
    return this.#it.gestures.shortcut(this.user, callbackId, this.#it.workspace.room(channelId), ts);
  }

  async globalShortcut(callbackId: string): Promise<InteractionResult> {
    return this.#it.gestures.globalShortcut(this.user, callbackId);
  }

  home(): OpenView | undefined {
    return this.#it.interactions.views.home(this.#id);
  }

  direct(): readonly SlackMessage[] {
    return [...this.#it.workspace.directMessage(this.#id).messages.values()];
  }

  views(): readonly OpenView[] {
    return this.#it.interactions.views.of(this.#id);
  }

  async submit(viewId: string, values: ViewValues): Promise<InteractionResult> {
    return this.#it.gestures.submit(this.user, viewId, values);
  }

  async dismiss(viewId: string): Promise<InteractionResult> {
    return this.#it.gestures.dismiss(this.user, viewId);
  }

  ephemerals(channelId?: string): readonly (SlackMessage & { readonly channel: string })[] {
    return this.#it.interactions.shownTo(this.#id, channelId);
  }

  #reachable(channelId: string): Room {
    this.#refuseWhenStuck();
    return this.#it.workspace.room(channelId);
  }

  #writable(channelId: string): Room {
    const room = this.#reachable(channelId);
    if (room.archived) throw new SlackError('is_archived');
    if (!room.members.has(this.#id)) throw new SlackError('not_in_channel');
    return room;
  }

  #mine(room: Room, ts: string, refusal: string): void {
    if (this.#it.messages.find(room, ts).user !== this.#id) throw new SlackError(refusal);
  }

  #refuseWhenStuck(): void {
    if (this.#it.faults.peopleStuck()) throw new SlackError('service_unavailable');
  }

  #shown(room: Room): SlackChannel {
    return toChannel(room, this.#it.workspace.team.id, this.#it.workspace.app.botUserId);
  }
}
