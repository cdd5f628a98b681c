/** Objects of Slack's API as they stand on the wire: snake_case, as documented. */

export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A block as the app or a person's client sent it, plus the block_id Slack fills in. Kept as data: the simulator checks only documented limits. */
export type SlackBlock = JsonObject & { readonly type: string; readonly block_id?: string };

export interface SlackMetadata {
  readonly event_type: string;
  readonly event_payload: JsonObject;
}
export interface SlackReaction {
  readonly name: string;
  readonly users: readonly string[];
  readonly count: number;
}
export interface SlackMessage {
  readonly type: 'message';
  readonly subtype?: string;
  readonly ts: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly team?: string;
  readonly username?: string;
  readonly icons?: { readonly image_48?: string; readonly emoji?: string };
  readonly bot_profile?: JsonObject;
  readonly client_msg_id?: string;
  readonly text: string;
  readonly blocks?: readonly SlackBlock[];
  readonly attachments?: readonly JsonObject[];
  readonly files?: readonly JsonObject[];
  readonly upload?: boolean;
  readonly display_as_bot?: boolean;
  readonly metadata?: SlackMetadata;
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  readonly reply_count?: number;
  readonly reply_users?: readonly string[];
  readonly reply_users_count?: number;
  readonly latest_reply?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly SlackReaction[];
  readonly pinned_to?: readonly string[];
  /** Only on messages that one person alone can see. */
  readonly is_ephemeral?: true;
  /** What membership and channel messages carry (topic, name, inviter, …). */
  readonly topic?: string;
  readonly purpose?: string;
  readonly name?: string;
  readonly old_name?: string;
  readonly inviter?: string;
}

export interface SlackUser {
  readonly id: string;
  readonly team_id: string;
  readonly name: string;
  readonly real_name: string;
  readonly deleted: boolean;
  readonly is_bot: boolean;
  /** A guest; `is_ultra_restricted`, of one channel only. */
  readonly is_restricted: boolean;
  readonly is_ultra_restricted: boolean;
  readonly is_app_user: boolean;
  /** Absent of bots. */
  readonly is_email_confirmed?: boolean;
  readonly tz: string;
  readonly tz_label: string;
  readonly tz_offset: number;
  readonly updated: number;
  readonly profile: {
    readonly real_name: string;
    readonly real_name_normalized: string;
    readonly display_name: string;
    readonly display_name_normalized: string;
    readonly email?: string;
    readonly image_48: string;
    readonly team: string;
    readonly api_app_id?: string;
    readonly bot_id?: string;
  };
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly name_normalized: string;
  readonly is_channel: boolean;
  readonly is_group: boolean;
  readonly is_im: boolean;
  readonly is_mpim: boolean;
  readonly is_private: boolean;
  readonly is_archived: boolean;
  readonly is_general: boolean;
  /** Whether the app's bot user is in it. */
  readonly is_member: boolean;
  readonly created: number;
  readonly updated: number;
  readonly creator: string;
  readonly context_team_id: string;
  readonly previous_names: readonly string[];
  readonly topic: { readonly value: string; readonly creator: string; readonly last_set: number };
  readonly purpose: { readonly value: string; readonly creator: string; readonly last_set: number };
  readonly num_members: number;
}

/** A modal as it stands before a person. */
export interface OpenView {
  readonly id: string;
  readonly team_id: string;
  readonly type: string;
  readonly callback_id: string;
  readonly external_id: string;
  readonly private_metadata: string;
  readonly hash: string;
  readonly title: JsonObject;
  readonly submit: JsonObject | null;
  readonly close: JsonObject | null;
  readonly blocks: readonly SlackBlock[];
  readonly state: { readonly values: { readonly [blockId: string]: { readonly [actionId: string]: JsonObject } } };
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
  readonly app_id: string;
  readonly bot_id: string;
  /** Errors the app answered with at the last submission, by block_id: what the person sees under the fields. */
  readonly errors?: { readonly [blockId: string]: string };
}
