import type { Delivered, Injected } from '@musterhq/adapter-testkit';
import type { MessageRef, RoomRef } from '@musterhq/chat-port';
import type { JsonObject } from '../simulator/objects.ts';
import type { PretendPerson, SlackSimulator } from '../simulator/types.ts';
import type { Parcel } from './plan.ts';

/** Says which parcel is meant, and gets what became of it. */
export type Expect = (matches: (parcel: Parcel) => boolean) => Promise<readonly Delivered[]>;

export interface Acted {
  readonly deliveries: Promise<readonly Delivered[]>;
  readonly message?: MessageRef;
}

/** What the kit wants done, done by people in the pretend Slack. */
export class Acts {
  constructor(
    private readonly slack: SlackSimulator,
    private readonly person: (name: string) => PretendPerson,
    private readonly now: () => number,
  ) {}

  /** Does it, and says what its delivery will come to. */
  async act(event: Injected, expect: Expect): Promise<Acted> {
    const by = this.person('by' in event && event.by ? event.by : 'mia');
    const isEvent = (test: (e: JsonObject) => boolean) => (parcel: Parcel) =>
      parcel.kind === 'event' && parcel.payload['event'] !== undefined && test(parcel.payload['event'] as JsonObject);
    const said = (room: RoomRef, ts: string, thread?: MessageRef): Acted => ({
      deliveries: expect(isEvent((e) => e['type'] === 'message' && e['ts'] === ts && e['channel'] === room.room)),
      message: { room, id: ts, ...(thread ? { thread: thread.id } : {}) },
    });
    switch (event.do) {
      case 'say': {
        const { room } = event;
        const ts = event.bot ? this.botSays(room.room, event.text, event.by ?? 'builder') : await this.says(by, event);
        return said(room, ts, event.thread);
      }
      case 'app-speaks':
        return said(event.room, this.botSays(event.room.room, event.text, event.name));
      case 'speak-to-us':
      case 'speak-of-us': {
        const us = `@${this.slack.users().find(({ id }) => id === this.slack.app.botUserId)?.name}`;
        const { room, text } = event;
        const { ts } = await by.say(room.room, event.do === 'speak-to-us' ? `${us} ${text}` : `${text} ${us}`);
        return said(room, ts);
      }
      case 'speak-alone': {
        const room = { adapter: 'slack', tenant: this.slack.team.id, room: 'D0ALONE' };
        const ts = this.stamp();
        const about = { type: 'message', channel: room.room, channel_type: 'im', user: by.user.id, ts, event_ts: ts };
        void this.slack.sendEvent({ ...about, text: event.text.replaceAll('&', '&amp;') });
        return said(room, ts);
      }
      case 'fall-behind': {
        const deliveries = expect(({ payload }) => payload['type'] === 'app_rate_limited');
        this.slack.addFault({ kind: 'events-limited' });
        const { id } = this.slack.addChannel({ name: 'flooded', members: [this.slack.app.botUserId, by.user.id] });
        await by.say(id, 'one too many');
        return { deliveries };
      }
      case 'move': {
        const { room } = event.room;
        const deliveries = expect(isEvent((e) => e['type'] === 'channel_id_changed'));
        const { id } = this.slack.addChannel({ name: `moved-${room.toLowerCase()}`, members: this.slack.members(room) });
        void this.slack.sendEvent({ type: 'channel_id_changed', old_channel_id: room, new_channel_id: id, event_ts: this.stamp() });
        return { deliveries };
      }
      case 'make-public':
      case 'make-private': {
        const subtype = `channel_convert_to_${event.do === 'make-public' ? 'public' : 'private'}`;
        const deliveries = expect(isEvent((e) => e['subtype'] === subtype));
        const ts = this.stamp();
        void this.slack.sendEvent({ type: 'message', subtype, channel: event.room.room, user: by.user.id, text: '', ts, event_ts: ts });
        return { deliveries };
      }
      case 'share': {
        const deliveries = expect(isEvent((e) => e['type'] === 'channel_shared'));
        const about = { channel: event.room.room, connected_team_id: 'T0OTHER', event_ts: this.stamp() };
        void this.slack.sendEvent({ type: 'channel_shared', ...about });
        return { deliveries };
      }
      case 'edit': {
        const { room, id } = event.message;
        await by.edit(room.room, id, event.text);
        return {
          deliveries: expect(isEvent((e) => e['subtype'] === 'message_changed' && (e['message'] as JsonObject)['ts'] === id)),
          message: event.message,
        };
      }
      case 'remove': {
        const { room, id } = event.message;
        await by.remove(room.room, id);
        return { deliveries: expect(isEvent((e) => e['subtype'] === 'message_deleted' && e['deleted_ts'] === id)), message: event.message };
      }
      case 'react': {
        const { room, id } = event.message;
        await by.react(room.room, id, event.emoji ?? 'eyes', event.added ?? true);
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('reaction_'))), message: event.message };
      }
      case 'pin': {
        const { room, id } = event.message;
        await by.pin(room.room, id, event.added ?? true);
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('pin_'))), message: event.message };
      }
      case 'command': {
        const deliveries = expect((parcel) => parcel.kind === 'command');
        await by.command(`/${event.name}`, event.text, event.room.room);
        return { deliveries };
      }
      case 'press': {
        const deliveries = expect((parcel) => parcel.kind === 'interaction');
        await by.press(event.message.room.room, event.message.id, event.action, event.value);
        return { deliveries, message: event.message };
      }
      case 'submit':
        return { deliveries: this.submits(by, event, expect) };
      case 'open-home':
        await by.openHome();
        return { deliveries: expect(isEvent((e) => e['type'] === 'app_home_opened')) };
      case 'join':
      case 'leave': {
        await (event.do === 'join' ? by.join(event.room.room) : by.leave(event.room.room));
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('member_'))) };
      }
      case 'put-out': {
        const deliveries = expect(isEvent((e) => e['type'] === 'channel_left'));
        const about = { channel: event.room.room, actor_id: by.user.id, event_ts: this.stamp() };
        void this.slack.sendEvent({ type: 'channel_left', ...about });
        return { deliveries };
      }
      case 'rename':
        await by.rename(event.room.room, event.name);
        return { deliveries: expect(isEvent((e) => e['type'] === 'channel_rename')) };
      case 'archive':
        await by.archive(event.room.room);
        return { deliveries: expect(isEvent((e) => e['type'] === 'channel_archive')) };
      case 'unfamiliar': {
        const deliveries = expect(isEvent((e) => e['type'] === event.name));
        void this.slack.sendEvent({ type: event.name, event_ts: this.stamp() });
        return { deliveries };
      }
    }
  }

  /** As a person with formatting switched off types it: what stands there is what was typed. */
  private async says(by: PretendPerson, say: Extract<Injected, { do: 'say' }>): Promise<string> {
    const { room, text, thread, sameNumberAs, mentionsUs = false } = say;
    if (!this.slack.members(room.room).includes(by.user.id)) await by.join(room.room);
    const us = this.slack.app.botUserId;
    const elements = [...(mentionsUs ? [{ type: 'user', user_id: us }] : []), { type: 'text', text }];
    const blocks = [{ type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] }];
    const said = await by.say(room.room, mentionsUs ? `<@${us}>${text}` : text, {
      blocks,
      ...(thread ? { threadTs: thread.id } : {}),
      ...(sameNumberAs ? { ts: sameNumberAs.id } : {}),
    });
    return said.ts;
  }

  private stamp(): string {
    return (this.now() / 1000).toFixed(6);
  }

  private botSays(channel: string, text: string, username: string): string {
    const ts = this.stamp();
    const event = {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'B0OTHER',
      app_id: 'A0OTHER',
      username,
      channel,
      channel_type: 'channel',
      text,
      ts,
      event_ts: ts,
    };
    void this.slack.sendEvent(event);
    return ts;
  }

  /** A form opens by a gesture only; this one the adapter does not hear of. */
  private async submits(
    by: PretendPerson,
    { form, state, values }: Extract<Injected, { do: 'submit' }>,
    expect: Expect,
  ): Promise<readonly Delivered[]> {
    const { id: channel } = this.slack.addChannel({
      name: `form-${this.slack.channels().length}`,
      members: [this.slack.app.botUserId, by.user.id],
    });
    const { triggerId } = await by.command('/incident', 'opens a form', channel);
    const blocks = Object.keys(values).map((name) => ({
      type: 'input',
      block_id: name,
      optional: true,
      label: { type: 'plain_text', text: name },
      element: { type: 'plain_text_input', action_id: name },
    }));
    const view = {
      type: 'modal',
      callback_id: form,
      title: text('Form'),
      submit: text('Send'),
      blocks,
      ...(state === undefined ? {} : { private_metadata: state }),
    };
    await fetch(`${this.slack.apiUrl}views.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.slack.app.botToken}` },
      body: new URLSearchParams({ trigger_id: triggerId ?? '', view: JSON.stringify(view) }),
    });
    const opened = by.views().find(({ callback_id }) => callback_id === form);
    const deliveries = expect((parcel) => parcel.kind === 'interaction');
    await by.submit(opened?.id ?? '', Object.fromEntries(Object.entries(values).map(([name, [value = '']]) => [name, value])));
    return deliveries;
  }
}

const text = (v: string): object => ({ type: 'plain_text', text: v });
