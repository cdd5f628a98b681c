/** Something in a menu: of a message, or of nothing in particular. */
export interface Shortcut {
  readonly name: string;
  readonly type: string;
  readonly callbackId: string;
}

/** What an app is made with, as far as the pretend Slack heeds it. */
export interface Manifest {
  readonly scopes: readonly string[];
  /** By the names under which they are subscribed to: messages by the kind of room they are in. */
  readonly events: readonly string[];
  /** Types of message metadata that are shown in events. */
  readonly metadata: readonly string[];
  readonly commands: readonly string[];
  /** People and channels in the words of a command come with their ids. */
  readonly escapesCommands: boolean;
  readonly shortcuts: readonly Shortcut[];
  readonly hasHome: boolean;
  readonly socketMode: boolean;
  /** Where signed requests go. */
  readonly requestUrl?: string;
}

/** From the page of each event, "Required scopes": any one of these. Events that are not here need none. */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  channel_archive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_id_changed: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_unarchive: ['channels:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  file_shared: ['files:read'],
};

/**
 * Reads the manifest that somebody pasted: YAML with one value or one item of a list in a line.
 *
 * @throws Error where Slack would make no app of it: an event that none of its scopes allows
 */
export function readManifest(yaml: string): Manifest {
  const lines = yaml.split('\n').map((line) => line.trim());
  const after = (key: string): readonly string[] => {
    const at = lines.indexOf(`${key}:`) + 1;
    if (at === 0) return [];
    const end = lines.findIndex((line, index) => index >= at && !line.startsWith('- '));
    return lines.slice(at, end === -1 ? undefined : end).map((line) => plain(line.slice(2)));
  };
  const all = (key: string): readonly string[] =>
    lines.flatMap((line) => {
      const bare = line.replace(/^- /, '');
      return bare.startsWith(`${key}:`) ? [plain(bare.slice(key.length + 1).trim())] : [];
    });
  const scopes = after('bot');
  const events = after('bot_events');
  for (const event of events) {
    const wanted = SCOPES_OF[event];
    if (wanted && !wanted.some((scope) => scopes.includes(scope)))
      throw new Error(`The manifest subscribes to ${event} and asks for no ${wanted.join(' or ')}: Slack makes no app of it.`);
  }
  const [requestUrl] = all('request_url');
  return {
    scopes,
    events,
    metadata: all('event_type'),
    commands: all('command'),
    escapesCommands: all('should_escape').includes('true'),
    shortcuts: shortcutsIn(lines),
    hasHome: all('home_tab_enabled').includes('true'),
    socketMode: all('socket_mode_enabled').includes('true'),
    ...(requestUrl === undefined ? {} : { requestUrl }),
  };
}

/** Each begins with its name. */
function shortcutsIn(lines: readonly string[]): Shortcut[] {
  const from = lines.indexOf('shortcuts:');
  const fields = from === -1 ? [] : lines.slice(from + 1).map((line) => /^(?:- )?(name|type|callback_id): (.*)$/.exec(line));
  const valuesOf = (key: string): string[] => fields.flatMap((field) => (field?.[1] === key ? [plain(field[2] ?? '')] : []));
  const [names, types] = [valuesOf('name'), valuesOf('type')];
  return valuesOf('callback_id').map((callbackId, n) => ({ name: names[n] ?? '', type: types[n] ?? '', callbackId }));
}

const plain = (value: string): string => (value.startsWith('"') ? (JSON.parse(value) as string) : value);
