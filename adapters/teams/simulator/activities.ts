import { createHash } from 'node:crypto';
import { told } from './attached.ts';
import type { Conversation, KeptMessage } from './conversations.ts';

export type Activity = Readonly<Record<string, unknown>>;

/** What every activity says of where it comes from and whom it is for. */
export interface Setting {
  readonly appId: string;
  readonly tenant: string;
  readonly serviceUrl: string;
  readonly at: number;
}

/** The shapes in which Teams tells a bot what happened, as its documentation shows them. */
export function activity(setting: Setting, conversation: Conversation, by: Person, what: Activity, thread?: string): Activity {
  const { appId, tenant, serviceUrl, at } = setting;
  const isChannel = conversation.kind === 'channel';
  return {
    timestamp: new Date(at).toISOString(),
    localTimezone: 'UTC',
    serviceUrl,
    channelId: 'msteams',
    from: { id: by.id, name: by.name, aadObjectId: by.objectId },
    conversation: {
      isGroup: conversation.kind !== 'personal',
      conversationType: conversation.kind,
      tenantId: tenant,
      id: thread === undefined ? conversation.id : `${conversation.id};messageid=${thread}`,
    },
    recipient: { id: `28:${appId}`, name: 'Muster' },
    ...what,
    channelData: {
      ...(isChannel && { teamsChannelId: conversation.id, channel: { id: conversation.id }, team: { id: '19:team@thread.tacv2' } }),
      tenant: { id: tenant },
      ...(what.channelData as Activity | undefined),
    },
  };
}

/** A person's id in the directory, which Graph goes by. */
export const aadIdOf = (by: string): string =>
  createHash('sha256')
    .update(by)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
/** Who did it. */
interface Person extends Called {
  readonly objectId: string;
}

interface Called {
  readonly id: string;
  readonly name: string;
}

/** What a person typed, told twice: as text and as the HTML that Teams made of it. Whom they called by name stands before it. */
export const typed = (
  { id, attached = [] }: KeptMessage,
  text: string,
  called: readonly Called[] = [],
  { serviceUrl, beside = true }: { readonly serviceUrl: string; readonly beside?: boolean },
): Activity => ({
  id,
  text: [...called.map(({ name }) => `<at>${name}</at>`), text].join(' '),
  textFormat: 'plain',
  locale: 'en-GB',
  attachments: [
    {
      contentType: 'text/html',
      content: `<p>${called.map(mentionOf).join('')}${asTyped(text)}</p>${told(attached, serviceUrl, beside).html}`,
    },
    ...told(attached, serviceUrl, beside).attachments,
  ],
  entities: [
    ...called.map(({ id: who, name }) => ({ type: 'mention', mentioned: { id: who, name }, text: `<at>${name}</at>` })),
    { locale: 'en-GB', country: 'GB', platform: 'Windows', timezone: 'UTC', type: 'clientInfo' },
  ],
});

const mentionOf = ({ name }: Called, n: number): string =>
  `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${n}">${asTyped(name)}</span>&nbsp;`;

export const asTyped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/^ | (?= )| $/gm, '&nbsp;')
    .replace(/\r\n?|\n/g, '<br>');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
