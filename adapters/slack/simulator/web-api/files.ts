import { SlackError } from '../slack-error.ts';
import type { JsonObject } from '../objects.ts';
import { micros } from '../ts.ts';
import type { Args } from './args.ts';
import { acceptBlocks } from './block-rules.ts';
import { writableRoom, type Method } from './call.ts';

const LONGEST_ALT = 1_000;

const info: Method = (args, { files }) => ({
  file: files.toJson(files.find(args.need('file', 'file_not_found'))),
  comments: [],
  response_metadata: { next_cursor: '' },
});

const getUploadUrl: Method = (args, { files, workspace }) => {
  const length = Number(args.need('length'));
  const name = args.need('filename');
  const alt = args.text('alt_txt');
  if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments');
  if ((alt ?? '').length > LONGEST_ALT) throw new SlackError('alt_txt_too_large');
  const { file, url } = files.expect(name, length, workspace.app.botUserId, alt);
  return { upload_url: url, file_id: file.id };
};

/** Says yes at once. The message that shows the files is made afterwards, and its number is in no answer. */
const completeUpload: Method = (args, slack, visible) => {
  const given = args.json('files', 'invalid_arguments');
  if (!Array.isArray(given) || given.length === 0) throw new SlackError('invalid_arguments');
  const { files, workspace, messages, later } = slack;
  const done = given.map((one) => {
    const { id, title } = one as { id?: string; title?: string };
    const file = files.find(id ?? '');
    if (file.bytes.length === 0) throw new SlackError('file_not_found');
    file.title = title ?? file.name;
    return file;
  });
  const channel = args.text('channel_id');
  if (channel !== undefined) {
    const room = writableRoom(slack, channel);
    const thread = threadOf(args);
    if (thread !== undefined && !room.messages.has(thread)) throw new SlackError('thread_not_found');
    const comment = args.text('initial_comment');
    const blocksGiven = comment === undefined ? args.json('blocks', 'invalid_blocks') : undefined;
    const blocks = Array.isArray(blocksGiven) ? acceptBlocks(blocksGiven, 'message', workspace.draw) : undefined;
    const username = args.text('username');
    const { app } = workspace;
    const share = (): void => {
      if (room.archived || !visible) return;
      const message = messages.post(room, {
        subtype: 'file_share',
        user: app.botUserId,
        bot_id: app.botId,
        app_id: app.id,
        ...(username === undefined ? {} : { username }),
        text: comment ?? '',
        ...(blocks ? { blocks } : {}),
        files: done.map((file) => files.toJson(file)),
        upload: false,
        display_as_bot: false,
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
      for (const file of done) files.shown(file, room, message.ts);
    };
    later(share);
  }
  return { files: done.map(({ id, title }) => ({ id, title }) as JsonObject) };
};

const remove: Method = (args, slack) => {
  const { files, workspace, messages } = slack;
  const file = files.find(args.need('file', 'file_not_found'));
  if (file.user !== workspace.app.botUserId) throw new SlackError('cant_delete_file');
  messages.withoutFile(files, file);
  return {};
};

function threadOf(args: Args): string | undefined {
  const thread = args.text('thread_ts');
  if (thread !== undefined && micros(thread) === undefined) throw new SlackError('invalid_thread_ts');
  return thread;
}

export const files: Readonly<Record<string, Method>> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.delete': remove,
};
