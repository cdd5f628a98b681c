import type { Draft } from '../happenings.ts';
import type { JsonObject, SlackBlock, SlackMessage, SlackMetadata } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import { normaliseAppText } from '../text.ts';
import { micros } from '../ts.ts';
import type { Args } from './args.ts';
import { acceptBlocks } from './block-rules.ts';
import { openRoomToPostIn, roomFor, roomToPostIn, writableRoom, type Method, type Slack } from './call.ts';

const LONGEST_TEXT = 40_000;
/** chat.update refuses what chat.postMessage would shorten; what has to be escaped counts as it is written then. */
const LONGEST_UPDATE = 4000;

const postMessage: Method = (args, slack, visible) => {
  const to = args.need('channel', 'channel_not_found');
  const room = /^[UW]/.test(to)
    ? slack.workspace.directMessage(to)
    : openRoomToPostIn(slack, slack.names.channelByName(to.replace(/^#/, ''))?.id ?? to);
  const draft: Draft = { ...author(args, slack), ...content(args, slack), ...inThread(args) };
  if (draft.thread_ts !== undefined && !room.messages.has(draft.thread_ts)) throw new SlackError('thread_not_found');
  const message = visible ? slack.messages.post(room, draft) : slack.messages.draft(room, draft);
  return { channel: room.id, ts: message.ts, message: { ...message } as unknown as JsonObject };
};

const update: Method = (args, slack, visible) => {
  const room = openRoomToPostIn(slack, args.need('channel', 'channel_not_found'));
  const ts = args.need('ts', 'message_not_found');
  const before = slack.messages.find(room, ts);
  if (before.bot_id !== slack.workspace.app.botId || before.subtype === 'tombstone') throw new SlackError('cant_update_message');
  if (normaliseAppText(args.text('text') ?? '').length > LONGEST_UPDATE) throw new SlackError('msg_too_long');
  const patch = content(args, slack, before);
  const after = visible ? slack.messages.change(room, ts, patch, slack.workspace.app.botUserId) : { ...before, ...patch };
  return { channel: room.id, ts, text: after.text, message: { ...after } as unknown as JsonObject };
};

const remove: Method = (args, slack, visible) => {
  const room = roomToPostIn(slack, args.need('channel', 'channel_not_found'));
  const ts = args.need('ts', 'message_not_found');
  const message = slack.messages.find(room, ts);
  if (message.bot_id !== slack.workspace.app.botId || message.subtype === 'tombstone') throw new SlackError('cant_delete_message');
  if (visible) slack.messages.remove(room, ts);
  return { channel: room.id, ts };
};

const postEphemeral: Method = (args, slack, visible) => {
  const room = writableRoom(slack, args.need('channel', 'channel_not_found'));
  const user = args.need('user', 'user_not_found');
  slack.workspace.user(user);
  if (!room.members.has(user)) throw new SlackError('user_not_in_channel');
  const ts = slack.workspace.takeTs(room);
  const message: SlackMessage = {
    type: 'message',
    ts,
    ...author(args, slack),
    ...content(args, slack),
    ...inThread(args),
    is_ephemeral: true,
  };
  if (visible) slack.interactions.show(user, room.id, message);
  return { message_ts: ts };
};

const getPermalink: Method = (args, slack) => {
  const room = roomFor(slack, args.need('channel', 'channel_not_found'));
  const message = slack.messages.find(room, args.need('message_ts', 'message_not_found'));
  const at = `${slack.urls.permalinks}archives/${room.id}/p${message.ts.replace('.', '')}`;
  const thread = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${room.id}` : '';
  return { channel: room.id, permalink: at + thread };
};

export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};

/** With a name of its own for this message (chat:write.customize), it comes as a `bot_message` without a user. */
function author(args: Args, { workspace }: Slack): Partial<SlackMessage> {
  const { app, team } = workspace;
  const username = args.text('username');
  const emoji = args.text('icon_emoji');
  const image = args.text('icon_url');
  const icons = emoji || image ? { icons: { ...(emoji ? { emoji } : {}), ...(image ? { image_48: image } : {}) } } : {};
  const profile = {
    id: app.botId,
    app_id: app.id,
    user_id: app.botUserId,
    name: app.name,
    team_id: team.id,
    deleted: false,
    updated: 0,
    icons: {},
  };
  const who = { bot_id: app.botId, app_id: app.id };
  if (username !== undefined) return { subtype: 'bot_message', username, ...icons, ...who };
  return { user: app.botUserId, ...who, ...icons, bot_profile: profile };
}

/** Text, blocks and metadata. An update that leaves blocks or metadata out keeps metadata and, as documented, drops blocks when text is given. */
function content(args: Args, slack: Slack, before?: SlackMessage): Pick<SlackMessage, 'text'> & Partial<SlackMessage> {
  const text = args.text('text');
  const blocksGiven = args.json('blocks', 'invalid_blocks_format');
  const attachments = args.json('attachments', 'invalid_attachments');
  const blocks = blocksGiven === undefined || blocksGiven === null ? undefined : acceptBlocks(blocksGiven, 'message', slack.workspace.draw);
  if (text === undefined && !blocks?.length && !Array.isArray(attachments)) throw new SlackError('no_text');
  const metadata = readMetadata(args);
  const shown = text === undefined ? (before?.text ?? fallback(blocks ?? [])) : [...normaliseAppText(text)].slice(0, LONGEST_TEXT).join('');
  return {
    text: shown,
    ...(blocks ? { blocks } : before?.blocks ? { blocks: text === undefined ? before.blocks : [] } : {}),
    ...(Array.isArray(attachments) ? { attachments: attachments as readonly JsonObject[] } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

function readMetadata(args: Args): SlackMetadata | undefined {
  const metadata = args.object('metadata', 'invalid_metadata_format');
  if (!metadata) return undefined;
  const { event_type, event_payload } = metadata;
  const payloadIsObject = typeof event_payload === 'object' && event_payload !== null && !Array.isArray(event_payload);
  if (typeof event_type !== 'string' || event_type === '' || !payloadIsObject) throw new SlackError('invalid_metadata_format');
  return { event_type, event_payload: event_payload as JsonObject };
}

function inThread(args: Args): Partial<SlackMessage> {
  const threadTs = args.text('thread_ts');
  if (threadTs === undefined) return {};
  if (micros(threadTs) === undefined) throw new SlackError('invalid_thread_ts');
  return { thread_ts: threadTs, ...(args.flag('reply_broadcast') ? { subtype: 'thread_broadcast' } : {}) };
}

/** What a notification would say of a message that has blocks only. */
function fallback(blocks: readonly SlackBlock[]): string {
  const words = blocks.map((b) => (b['text'] as { text?: string } | undefined)?.text).filter((t) => t !== undefined);
  return words.length > 0 ? words.join(' ') : "This content can't be displayed.";
}
