import { shown } from '../attached.ts';
import { type Activity, aadIdOf, asTyped } from '../activities.ts';
import type { KeptMessage } from '../conversations.ts';

export interface Whose {
  readonly appId: string;
  /** A channel's; a chat has none. */
  readonly teamId?: string;
  /** In front of the version. */
  readonly url: string;
  /** Where the channel's files are. */
  readonly folderUrl: string;
}

const moment = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** A message as Graph shows it: `chatMessage`, with what it holds of the message's life. */
export function chatMessage(message: KeptMessage, whose: Whose): object {
  const { teamId } = whose;
  const { id, room, thread, from, editedAt, removedAt } = message;
  const said = Number(id);
  const by = message.by ?? 'somebody';
  return {
    id,
    replyToId: thread === undefined || thread === id ? null : thread,
    etag: String(Math.max(said, editedAt ?? 0, removedAt ?? 0)),
    messageType: 'message',
    createdDateTime: moment(said),
    lastModifiedDateTime: moment(lastTouched(message)),
    lastEditedDateTime: moment(editedAt),
    deletedDateTime: moment(removedAt),
    subject: null,
    summary: null,
    chatId: teamId === undefined ? room : null,
    importance: 'normal',
    locale: 'en-us',
    from:
      from === 'us'
        ? { device: null, user: null, application: ourselves(whose.appId) }
        : { device: null, application: null, user: { id: aadIdOf(by), displayName: by, userIdentityType: 'aadUser' } },
    channelIdentity: teamId === undefined ? null : { teamId, channelId: room },
    ...(removedAt === undefined ? contents(message, whose) : { body: { contentType: 'html', content: '' }, attachments: [], mentions: [] }),
    reactions: (message.reactions ?? []).map((one) => ({
      reactionType: one.type,
      createdDateTime: moment(said),
      user: { application: null, device: null, user: { id: aadIdOf(one.by), displayName: null, userIdentityType: 'aadUser' } },
    })),
  };
}

export const lastTouched = ({ id, editedAt, removedAt }: KeptMessage): number => Math.max(Number(id), editedAt ?? 0, removedAt ?? 0);

const ourselves = (appId: string): object => ({ id: appId, displayName: 'Muster', applicationIdentityType: 'bot' });

function contents(message: KeptMessage, whose: Whose): object {
  const { id, text = '', activity, calls, attached = [] } = message;
  if (activity) return cards(id, activity);
  const said = calls === undefined ? asTyped(text) : `<at id="0">${calls}</at>&nbsp;${asTyped(text.slice(calls.length + 1))}`;
  const mentions =
    calls === undefined ? [] : [{ id: 0, mentionText: calls, mentioned: { user: null, application: ourselves(whose.appId) } }];
  const { html, attachments } = shown(attached, addressOf(message, whose), whose.folderUrl);
  return { body: { contentType: 'html', content: `<p>${said}</p>${html}` }, attachments, mentions };
}

function addressOf({ id, room, thread }: KeptMessage, { url, teamId = '' }: Whose): string {
  const messages = `${url}/v1.0/teams/${teamId}/channels/${room}/messages`;
  return thread === undefined || thread === id ? `${messages}/${id}` : `${messages}/${thread}/replies/${id}`;
}

/** A bot's cards are attachments as text, and the body only says where they stand. */
function cards(id: string, activity: Activity): object {
  const attachments = ((activity.attachments ?? []) as { contentType: string; content: object }[]).map(({ contentType, content }, n) => ({
    id: `${id}-${n}`,
    contentType,
    contentUrl: null,
    content: JSON.stringify(content),
    name: null,
  }));
  const words = typeof activity.text === 'string' ? asTyped(activity.text) : '';
  const content = words + attachments.map((card) => `<attachment id="${card.id}"></attachment>`).join('');
  return { body: { contentType: 'html', content }, attachments, mentions: [] };
}
