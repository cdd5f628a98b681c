import type { JsonObject } from '../objects.ts';
import type { Bookmark } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import type { Args } from './args.ts';
import { memberRoom, writableRoom, type Method, type Slack } from './call.ts';

const pin =
  (on: boolean): Method =>
  (args, slack) => {
    const room = writableRoom(slack, args.need('channel', 'channel_not_found'));
    slack.messages.pin(room, args.need('timestamp', 'no_item_specified'), slack.workspace.app.botUserId, on);
    return {};
  };

const pinsList: Method = (args, slack) => {
  const room = memberRoom(slack, args.need('channel', 'channel_not_found'));
  const items = [...room.pins.values()].map((p) => ({
    type: 'message',
    channel: room.id,
    created: p.at,
    created_by: p.by,
    message: room.messages.get(p.ts) as unknown as JsonObject,
  }));
  return { items };
};

const react =
  (on: boolean): Method =>
  (args, slack) => {
    const room = writableRoom(slack, args.need('channel', 'channel_not_found'));
    const name = args.need('name', 'invalid_name').replace(/^:|:$/g, '');
    if (!/^[a-z0-9_+'-]+(?:::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name');
    slack.messages.react(room, args.need('timestamp', 'no_item_specified'), name, slack.workspace.app.botUserId, on);
    return {};
  };

const reactionsGet: Method = (args, slack) => {
  const room = memberRoom(slack, args.need('channel', 'channel_not_found'));
  const message = slack.messages.find(room, args.need('timestamp', 'no_item_specified'));
  return { type: 'message', channel: room.id, message: message as unknown as JsonObject };
};

const addBookmark: Method = (args, slack) => {
  const room = writableRoom(slack, args.need('channel_id', 'channel_not_found'));
  const link = args.need('link', 'invalid_link');
  if (args.need('type', 'invalid_bookmark_type') !== 'link') throw new SlackError('invalid_bookmark_type');
  if (!/^https?:\/\//.test(link)) throw new SlackError('invalid_link');
  if (room.bookmarks.length >= 100) throw new SlackError('too_many_bookmarks');
  const bookmark = newBookmark(args, slack, room.id, link);
  room.bookmarks.push(bookmark);
  slack.workspace.listener.changed();
  return { bookmark: { ...bookmark } };
};

function newBookmark(args: Args, { workspace }: Slack, channel: string, link: string): Bookmark {
  const about = { title: args.need('title', 'invalid_arguments'), emoji: args.text('emoji') ?? '', link };
  return {
    id: workspace.draw.id('Bk'),
    channel_id: channel,
    ...about,
    type: 'link',
    date_created: workspace.seconds(),
    app_id: workspace.app.id,
  };
}

const listBookmarks: Method = (args, slack) => {
  const room = memberRoom(slack, args.need('channel_id', 'channel_not_found'));
  return { bookmarks: room.bookmarks.map((b) => ({ ...b })) };
};

export const marks: Readonly<Record<string, Method>> = {
  'pins.add': pin(true),
  'pins.remove': pin(false),
  'pins.list': pinsList,
  'reactions.add': react(true),
  'reactions.remove': react(false),
  'reactions.get': reactionsGet,
  'bookmarks.add': addBookmark,
  'bookmarks.list': listBookmarks,
};
