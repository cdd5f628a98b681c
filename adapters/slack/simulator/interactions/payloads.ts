import { toChannel, type Room } from '../room.ts';
import type { JsonObject, OpenView, SlackMessage, SlackUser } from '../objects.ts';
import type { Workspace } from '../workspace.ts';
import type { Found } from './elements.ts';

const VERIFICATION_TOKEN = 'deprecated-verification-token';

/** The forms and payloads of commands and interactions, as documented. */
export class Payloads {
  readonly #w: Workspace;

  constructor(workspace: Workspace) {
    this.#w = workspace;
  }

  command(
    by: SlackUser,
    room: Room,
    command: string,
    text: string,
    ids: { triggerId: string; responseUrl: string },
  ): Record<string, string> {
    const { team, app } = this.#w;
    return {
      token: VERIFICATION_TOKEN,
      team_id: team.id,
      team_domain: 'pretend',
      channel_id: room.id,
      channel_name: room.kind === 'channel' ? room.name : room.kind === 'im' ? 'directmessage' : 'privategroup',
      user_id: by.id,
      user_name: by.name,
      command,
      text,
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: ids.responseUrl,
      trigger_id: ids.triggerId,
    };
  }

  messageAction(
    by: SlackUser,
    room: Room,
    message: SlackMessage,
    found: Found,
    chosen: JsonObject,
    ids: { triggerId: string; responseUrl: string },
  ): JsonObject {
    const ephemeral = message.is_ephemeral === true;
    const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
    const container = { type: 'message', message_ts: message.ts, channel_id: room.id, is_ephemeral: ephemeral, ...thread };
    const seen = ephemeral ? {} : { message: message as unknown as JsonObject };
    const where = {
      container,
      channel: { id: room.id, name: this.#roomName(room) },
      ...seen,
      state: { values: {} },
      response_url: ids.responseUrl,
    };
    return { ...this.#base('block_actions', by), trigger_id: ids.triggerId, ...where, actions: [this.#action(found, chosen)] };
  }

  viewAction(by: SlackUser, view: OpenView, found: Found, chosen: JsonObject, triggerId: string): JsonObject {
    const container = { type: 'view', view_id: view.id };
    return {
      ...this.#base('block_actions', by),
      trigger_id: triggerId,
      container,
      view: this.#view(view),
      actions: [this.#action(found, chosen)],
    };
  }

  messageShortcut(
    by: SlackUser,
    room: Room,
    message: SlackMessage,
    callbackId: string,
    ids: { triggerId: string; responseUrl: string },
  ): JsonObject {
    const about = { callback_id: callbackId, trigger_id: ids.triggerId, response_url: ids.responseUrl, message_ts: message.ts };
    const where = {
      channel: { id: room.id, name: this.#roomName(room) },
      message: message as unknown as JsonObject,
      action_ts: this.#actionTs(),
    };
    return { ...this.#base('message_action', by), ...about, ...where };
  }

  /** No channel and no response_url: it may be run from anywhere. */
  globalShortcut(by: SlackUser, callbackId: string, triggerId: string): JsonObject {
    return { ...this.#base('shortcut', by), callback_id: callbackId, trigger_id: triggerId, action_ts: this.#actionTs() };
  }

  submission(by: SlackUser, view: OpenView, triggerId: string): JsonObject {
    return { ...this.#base('view_submission', by), trigger_id: triggerId, view: this.#view(view), response_urls: [] };
  }

  closed(by: SlackUser, view: OpenView): JsonObject {
    return { ...this.#base('view_closed', by), view: this.#view(view), is_cleared: false };
  }

  #base(type: string, by: SlackUser): JsonObject {
    const { team, app } = this.#w;
    const user = { id: by.id, username: by.name, name: by.name, team_id: team.id };
    return {
      type,
      user,
      api_app_id: app.id,
      token: VERIFICATION_TOKEN,
      team: { id: team.id, domain: 'pretend' },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  #action({ block, element }: Found, chosen: JsonObject): JsonObject {
    const shown =
      element['type'] === 'button'
        ? {
            text: element['text'],
            ...(element['value'] === undefined ? {} : { value: element['value'] }),
            ...(element['style'] === undefined ? {} : { style: element['style'] }),
          }
        : chosen;
    return { action_id: element['action_id'], block_id: block.block_id, ...shown, type: element['type'], action_ts: this.#actionTs() };
  }

  #view({ errors: _, ...view }: OpenView): JsonObject {
    return { ...view, app_installed_team_id: this.#w.team.id } as unknown as JsonObject;
  }

  #roomName(room: Room): string {
    return room.kind === 'im' ? 'directmessage' : toChannel(room, this.#w.team.id, this.#w.app.botUserId).name;
  }

  #actionTs(): string {
    return (this.#w.now() / 1000).toFixed(6);
  }
}
