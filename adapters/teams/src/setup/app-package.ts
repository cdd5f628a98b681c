import { MANAGES_CHAT, NAMES_CHAT } from '../graph/chats.ts';
import type { Kind } from '../teams-config.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { zipOf } from './zip.ts';

const HEARING = [
  { name: 'ChannelMessage.Read.Group', to: 'hear all that is said in the channels of its teams, and not only what calls it by name' },
  { name: 'ChatMessage.Read.Chat', to: 'hear all that is said in the chats that it was added to' },
] as const;

const MAKING_CHANNELS = [
  { name: 'Channel.Create.Group', to: 'make a channel for each incident' },
  { name: 'ChannelSettings.ReadWrite.Group', to: 'see its channels, and name and describe those' },
] as const;

const KEEPING_CHATS = [
  { name: MANAGES_CHAT, to: 'bring people into the chats of incidents, and take them out' },
  { name: NAMES_CHAT, to: 'name those chats' },
] as const;

/** What was chosen: for all, and for the private ones. */
export interface Choice {
  readonly kind: Kind;
  readonly hasChats: boolean;
}

/** What the app asks of whoever adds it to a team or a chat, and what for. It asks for nothing that it does not use. */
export const permissionsFor = ({ kind, hasChats }: Choice): readonly { readonly name: string; readonly to: string }[] => [
  ...HEARING,
  ...(kind === 'channel' ? MAKING_CHANNELS : []),
  ...(hasChats ? KEEPING_CHATS : []),
];

/** Whoever asks for more is a later one: Teams takes the place of an app with a later one only. */
const versionOf = ({ kind, hasChats }: Choice): string => `1.${(kind === 'channel' ? 1 : 0) + (hasChats ? 2 : 0)}.0`;

const SCOPES = ['team', 'groupChat', 'personal'];
const COMMANDS = [
  { title: 'declare', description: 'Declare an incident: declare what is broken' },
  { title: 'help', description: 'What can be said to Muster' },
];

/** `hookUrl`: where Muster is, by https. */
function manifestOf(appId: string, hookUrl: string, choice: Choice): object {
  const { origin, host } = new URL(hookUrl);
  return {
    $schema: 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.23/MicrosoftTeams.schema.json',
    manifestVersion: '1.23',
    version: versionOf(choice),
    id: appId,
    developer: { name: 'Muster', websiteUrl: origin, privacyUrl: origin, termsOfUseUrl: origin },
    name: { short: 'Muster', full: 'Muster, incident response' },
    description: {
      short: 'Incident response that survives the outage of this chat',
      full: 'Declare incidents and work on them in Teams. Each has a room in Muster’s war room and a thread, a channel or a chat here: what is said in one is read in the other, and when Teams is down the room goes on.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1B3A5B',
    bots: [{ botId: appId, scopes: SCOPES, isNotificationOnly: false, commandLists: [{ scopes: SCOPES, commands: COMMANDS }] }],
    validDomains: [host],
    // Permissions of a team or a chat are bound to it; nothing is asked of that address.
    webApplicationInfo: { id: appId, resource: `api://${host}/${appId}` },
    authorization: { permissions: { resourceSpecific: permissionsFor(choice).map(({ name }) => ({ name, type: 'Application' })) } },
  };
}

/** What is uploaded to Teams. The same app and address make the same bytes. */
export const appPackage = (appId: string, hookUrl: string, choice: Choice): Buffer =>
  zipOf([
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifestOf(appId, hookUrl, choice), null, 2)}\n`) },
    { name: 'color.png', bytes: colorIcon() },
    { name: 'outline.png', bytes: outlineIcon() },
  ]);
