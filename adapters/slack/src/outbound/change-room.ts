import { type Attempt, done, refused, type RoomChange, type RoomRef } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import { wiresOf } from '#libs/wire/wire';
import { invite, removeFrom, type Uninvited } from './invitations.ts';
import { renameRoom } from './rename-room.ts';
import { topicText } from './topic.ts';

type Step = () => Promise<Attempt<unknown>>;

/** One call to Slack for each thing wanted, in an order in which a channel can still be written to. */
export async function changeRoom(
  client: SlackClient,
  { room: channel }: RoomRef,
  to: RoomChange,
  signal: AbortSignal,
): Promise<Attempt<Uninvited[]>> {
  let uninvited: Uninvited[] = [];
  const call =
    (method: string, args: object, ...fine: string[]): Step =>
    async () => {
      const answer = await client.call<object>(method, { channel, ...args }, signal);
      return isSlackError(answer, ...fine) ? done(undefined) : answer;
    };
  const inviting: Step = async () => {
    const invited = await invite(client, channel, to.invite ?? [], signal);
    if (invited.outcome === 'done') uninvited = invited.value;
    return invited;
  };

  const steps: (Step | undefined | false)[] = [
    to.archived === false && (() => bringBack(client, channel, signal)),
    to.name !== undefined && (() => renameRoom(client, channel, to.name ?? '', signal)),
    to.topic !== undefined && call('conversations.setTopic', { topic: topicText(to.topic) }),
    to.remove && (() => removeFrom(client, channel, to.remove ?? [], signal)),
    to.invite && inviting,
    to.pin && call('pins.add', { timestamp: to.pin.id }, 'already_pinned'),
    to.unpin && call('pins.remove', { timestamp: to.unpin.id }, 'no_pin', 'not_pinned'),
    to.bookmark && bookmark(client, channel, to.bookmark, signal),
    to.archived === true && call('conversations.archive', {}, 'already_archived'),
  ];
  for (const step of steps) {
    if (!step) continue;
    const answer = await step();
    if (answer.outcome !== 'done') return answer;
  }
  return done(uninvited);
}

/** No bot is in an archived channel, and who is not in it cannot bring it back: that takes a person. */
async function bringBack(client: SlackClient, channel: string, signal: AbortSignal): Promise<Attempt<unknown>> {
  const answer = await client.call<object>('conversations.unarchive', { channel }, signal);
  if (isSlackError(answer, 'not_archived')) return done(undefined);
  if (!isSlackError(answer, 'not_in_channel', 'channel_not_found')) return answer;
  return refused({
    code: 'unsupported',
    scope: 'message',
    detail: 'Slack lets no app bring an archived channel back. Unarchive it in Slack, then invite the app with /invite.',
  });
}

/** Slack would keep the same bookmark twice, so what is there is looked at first. */
function bookmark(client: SlackClient, channel: string, { title, href }: NonNullable<RoomChange['bookmark']>, signal: AbortSignal): Step {
  return async () => {
    const listed = await client.call<{ bookmarks?: unknown }>('bookmarks.list', { channel_id: channel }, signal);
    if (listed.outcome !== 'done') return listed;
    if (wiresOf(listed.value.bookmarks).some((mark) => mark['link'] === href && mark['title'] === title)) return done(undefined);
    return client.call<object>('bookmarks.add', { channel_id: channel, title, type: 'link', link: href }, signal);
  };
}
