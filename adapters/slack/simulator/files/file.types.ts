/** How Slack holds a file. `hosted`: its bytes are here. */
type FileMode = 'hosted' | 'external' | 'tombstone' | 'hidden_by_limit';

export interface PretendFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly user: string;
  readonly created: number;
  title: string;
  altText: string | undefined;
  mode: FileMode;
  bytes: Buffer;
  /** What it says of its size, where that is not so. */
  size: number;
  /** Where an `external` one is. */
  readonly externalUrl: string | undefined;
  /** Another workspace's, in a channel that is shared with it: a message tells its id alone. */
  readonly foreign: boolean;
  /** False until an upload was finished. */
  shared: boolean;
  /** By channel, the messages that show it. */
  readonly shares: Map<string, { readonly ts: string; readonly isPrivate: boolean }[]>;
}

export interface NewFile {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly mimetype?: string;
  readonly title?: string;
  readonly mode?: FileMode;
  readonly size?: number;
  readonly externalUrl?: string;
  readonly foreign?: boolean;
}
