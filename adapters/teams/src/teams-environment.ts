import { channelOf, teamIn } from './conversations.ts';
import { KINDS, PRIVATE_KINDS, isKind, isPrivateKind, isYesOrNo } from './teams-config.ts';

/** What can be set, and what for. */
const VARIABLES = {
  TEAMS_APP_ID: 'the application (client) id of the bot’s registration',
  TEAMS_TENANT_ID: 'the directory (tenant) id of its registration',
  TEAMS_CLIENT_SECRET: 'the value of a client secret of its registration',
  TEAMS_CHANNEL: 'the link to the channel in which, or in whose team, incidents are told ("Get link to channel" in Teams)',
} as const;

type FromEnvironment =
  { readonly config: object; readonly secrets: Readonly<Record<string, string>> } | { readonly problems: readonly string[] };

/** Pure. All problems are named together, and no value is shown. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): FromEnvironment {
  const [kind, ofPrivate] = [env.TEAMS_KIND?.trim() ?? '', env.TEAMS_PRIVATE?.trim() ?? ''];
  const files = env.TEAMS_FILES?.trim() ?? '';
  const set = (name: keyof typeof VARIABLES): string => env[name]?.trim() ?? '';
  const problems = Object.entries(VARIABLES).flatMap(([name, what]) =>
    set(name as keyof typeof VARIABLES) === '' ? [`${name} is not set: ${what}.`] : [],
  );
  for (const name of ['TEAMS_APP_ID', 'TEAMS_TENANT_ID'] as const)
    if (set(name) !== '' && !isGuid(set(name))) problems.push(`${name} is no id of a registration: those look like ${GUID_LOOKS}.`);
  const channel = channelOf(set('TEAMS_CHANNEL'));
  if (set('TEAMS_CHANNEL') !== '' && channel === undefined) problems.push('TEAMS_CHANNEL is no link to a channel of Teams.');
  if (kind !== '' && !isKind(kind)) problems.push(`TEAMS_KIND is none of what an incident can be in Teams: ${KINDS.join(', ')}.`);
  if (files !== '' && !isYesOrNo(files)) problems.push('TEAMS_FILES is neither yes nor no.');
  if (ofPrivate !== '' && !isPrivateKind(ofPrivate))
    problems.push(`TEAMS_PRIVATE is none of what a private incident can get in Teams: ${PRIVATE_KINDS.join(', ')}.`);
  const isOfTeam = kind === 'channel' || kind === 'chat' || ofPrivate === 'chat' || files === 'yes';
  if (channel !== undefined && isOfTeam && teamIn(set('TEAMS_CHANNEL')) === undefined)
    problems.push('TEAMS_CHANNEL names no team: give the whole link, with its groupId.');
  if (problems.length > 0) return { problems };
  return {
    config: {
      appId: set('TEAMS_APP_ID'),
      tenantId: set('TEAMS_TENANT_ID'),
      channel: set('TEAMS_CHANNEL'),
      ...(kind !== '' && { kind }),
      ...(files !== '' && { files }),
      ...(ofPrivate !== '' && { private: ofPrivate }),
    },
    secrets: { client_secret: set('TEAMS_CLIENT_SECRET') },
  };
}

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
export const GUID_LOOKS = '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f';
