import { type Attempt, done, type RoomChange, type RoomRef } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import { wiresOf } from '#libs/wire/wire';
import { invite, removeFrom, type Uninvited } from './invitations.ts';
import { roomName } from './room-name.ts';

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
    to.archived === false && call('conversations.unarchive', {}, 'not_archived'),
    to.name !== undefined && call('conversations.rename', { name: roomName(to.name) }),
    to.topic !== undefined && call('conversations.setTopic', { topic: to.topic }),
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

/** Slack would keep the same bookmark twice, so what is there is looked at first. */
function bookmark(client: SlackClient, channel: string, { title, href }: NonNullable<RoomChange['bookmark']>, signal: AbortSignal): Step {
  return async () => {
    const listed = await client.call<{ bookmarks?: unknown }>('bookmarks.list', { channel_id: channel }, signal);
    if (listed.outcome !== 'done') return listed;
    if (wiresOf(listed.value.bookmarks).some((mark) => mark['link'] === href && mark['title'] === title)) return done(undefined);
    return client.call<object>('bookmarks.add', { channel_id: channel, title, type: 'link', link: href }, signal);
  };
}
