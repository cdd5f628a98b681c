import { createHash } from 'node:crypto';
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
export function activity(setting: Setting, conversation: Conversation, by: string, what: Activity, thread?: string): Activity {
  const { appId, tenant, serviceUrl, at } = setting;
  const isChannel = conversation.kind === 'channel';
  return {
    timestamp: new Date(at).toISOString(),
    localTimezone: 'UTC',
    serviceUrl,
    channelId: 'msteams',
    from: { id: `29:${by}`, name: by, aadObjectId: aadIdOf(by) },
    conversation: {
      isGroup: true,
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

/** What a person typed, told twice: as text and as the HTML that Teams made of it. Whom they called by name stands before it. */
export const typed = ({ id }: KeptMessage, text: string, called?: { readonly id: string; readonly name: string }): Activity => ({
  id,
  text: called ? `<at>${called.name}</at> ${text}` : text,
  textFormat: 'plain',
  locale: 'en-GB',
  attachments: [{ contentType: 'text/html', content: `<p>${called ? mentionOf(called.name) : ''}${asTyped(text)}</p>` }],
  entities: [
    ...(called ? [{ type: 'mention', mentioned: called, text: `<at>${called.name}</at>` }] : []),
    { locale: 'en-GB', country: 'GB', platform: 'Windows', timezone: 'UTC', type: 'clientInfo' },
  ],
});

const mentionOf = (name: string): string => `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>&nbsp;`;

export const asTyped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/^ | (?= )| $/gm, '&nbsp;')
    .replace(/\r\n?|\n/g, '<br>');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
