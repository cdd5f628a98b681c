/** What an app is made with, as far as the pretend Slack heeds it. */
export interface Manifest {
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly commands: readonly string[];
  /** People and channels in the words of a command come with their ids. */
  readonly escapesCommands: boolean;
  readonly socketMode: boolean;
  /** Where signed requests go. */
  readonly requestUrl?: string;
}

const KINDS_OF_ROOM = ['message.channels', 'message.groups', 'message.im', 'message.mpim'];

/** Reads the manifest that somebody pasted: YAML with one value or one item of a list in a line. */
export function readManifest(yaml: string): Manifest {
  const lines = yaml.split('\n').map((line) => line.trim());
  const after = (key: string): readonly string[] => {
    const at = lines.indexOf(`${key}:`) + 1;
    if (at === 0) return [];
    const end = lines.findIndex((line, index) => index >= at && !line.startsWith('- '));
    return lines.slice(at, end === -1 ? undefined : end).map((line) => plain(line.slice(2)));
  };
  const valueOf = (key: string): string | undefined => {
    const found = lines.find((line) => line.startsWith(`${key}:`));
    return found === undefined ? undefined : plain(found.slice(key.length + 1).trim());
  };
  const bot = after('bot_events');
  const requestUrl = valueOf('request_url');
  return {
    scopes: after('bot'),
    // By the type that an event has when it comes: which rooms' messages are heard is a matter of scopes too.
    events: [
      ...bot.filter((name) => !KINDS_OF_ROOM.includes(name)),
      ...(bot.some((name) => KINDS_OF_ROOM.includes(name)) ? ['message'] : []),
    ],
    commands: lines.flatMap((line) => (line.startsWith('- command:') ? [plain(line.slice('- command:'.length).trim())] : [])),
    escapesCommands: valueOf('should_escape') === 'true',
    socketMode: valueOf('socket_mode_enabled') === 'true',
    ...(requestUrl === undefined ? {} : { requestUrl }),
  };
}

const plain = (value: string): string => (value.startsWith('"') ? (JSON.parse(value) as string) : value);
