/** A permission that the app asks for, and why. */
export interface Scope {
  readonly name: string;
  /** After "to": what Muster does with it, for whoever has to grant it. */
  readonly to: string;
  /** Methods of the Web API that cannot be called without it. */
  readonly methods?: readonly string[];
  /** Events that Slack does not send without it. */
  readonly events?: readonly string[];
}

const IN_ROOMS = ['invite', 'kick', 'archive', 'unarchive', 'rename', 'setTopic', 'setPurpose', 'create'].map(
  (method) => `conversations.${method}`,
);
const ABOUT_ROOMS = ['conversations.info', 'conversations.list'];
const PAST = ['conversations.history', 'conversations.replies'];
const MEMBERS = ['member_joined_channel', 'member_left_channel'];

/** All that the app may, and nothing else: the manifest asks for these, the setup page says which of them are missing. */
export const SCOPES: readonly Scope[] = [
  { name: 'bookmarks:read', to: 'see whether the link to the war room is there already', methods: ['bookmarks.list'] },
  { name: 'bookmarks:write', to: 'put a link to the war room on top of a channel', methods: ['bookmarks.add'] },
  { name: 'channels:history', to: 'read along in the public channels it is in', methods: PAST, events: ['message.channels'] },
  { name: 'channels:manage', to: 'open a public channel for an incident, and look after it', methods: IN_ROOMS },
  {
    name: 'channels:read',
    to: 'know the public channels',
    methods: ABOUT_ROOMS,
    events: [
      'channel_archive',
      'channel_created',
      'channel_deleted',
      'channel_id_changed',
      'channel_left',
      'channel_rename',
      'channel_shared',
      'channel_unarchive',
      ...MEMBERS,
    ],
  },
  {
    name: 'chat:write',
    to: 'post',
    methods: ['chat.postMessage', 'chat.update', 'chat.delete', 'chat.postEphemeral'],
  },
  { name: 'chat:write.customize', to: 'post what somebody wrote elsewhere under their name', methods: ['chat.postMessage'] },
  { name: 'chat:write.public', to: 'announce an incident in a public channel it is not in', methods: ['chat.postMessage'] },
  { name: 'commands', to: 'hear its command and its shortcuts' },
  { name: 'files:read', to: 'keep the files that people add to an incident', methods: ['files.info'] },
  {
    name: 'files:write',
    to: 'show files that were added in the war room',
    methods: ['files.getUploadURLExternal', 'files.completeUploadExternal', 'files.delete'],
  },
  { name: 'groups:history', to: 'read along in the private channels it is in', methods: PAST, events: ['message.groups'] },
  {
    name: 'groups:read',
    to: 'know the private channels it is in',
    methods: ABOUT_ROOMS,
    events: ['group_archive', 'group_deleted', 'group_left', 'group_rename', 'group_unarchive', ...MEMBERS],
  },
  { name: 'groups:write', to: 'open a private channel for a private incident, and look after it', methods: IN_ROOMS },
  { name: 'im:history', to: 'hear what somebody writes to it alone', methods: PAST, events: ['message.im'] },
  { name: 'metadata.message:read', to: 'know its own posts again', methods: PAST },
  { name: 'pins:read', to: 'know what is pinned', methods: ['pins.list'], events: ['pin_added', 'pin_removed'] },
  { name: 'pins:write', to: 'pin what is evidence', methods: ['pins.add', 'pins.remove'] },
  { name: 'reactions:read', to: 'hear reactions', events: ['reaction_added', 'reaction_removed'] },
  { name: 'reactions:write', to: 'show reactions from the war room', methods: ['reactions.add', 'reactions.remove'] },
  { name: 'usergroups:read', to: 'call a group of people by its name', methods: ['usergroups.list'] },
  { name: 'users:read', to: 'call people by their names', methods: ['users.info', 'users.list'] },
  { name: 'users:read.email', to: 'know who somebody is by their mail address', methods: ['users.lookupByEmail'] },
];

/** Sent to every app that subscribes to them, whatever it may. */
export const EVENTS_FOR_ANY = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];

/** Those it was not given, by what Slack says of its token. Null: Slack did not say. */
export function missingScopes(granted: readonly string[] | undefined): readonly Scope[] | null {
  return granted ? SCOPES.filter(({ name }) => !granted.includes(name)) : null;
}
