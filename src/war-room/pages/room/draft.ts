const KINDS = [
  'message',
  'severity',
  'status',
  'close',
  'reopen',
  'rename',
  'summary',
  'kind',
  'accept',
  'decline',
  'merge',
  'privacy',
  'role',
  'join',
  'watch',
  'leave',
  'add',
  'add-team',
  'remove',
  'resolve',
  'reply',
  'edit',
  'delete',
  'react',
  'take-back',
  'pin',
  'unpin',
  'say-again',
  'apply',
  'update',
  'snooze',
  'skip',
] as const;

/** What somebody sent by a form of the room. It is shown again when it could not be done, so that nothing typed is lost. */
export interface Draft {
  readonly do: (typeof KINDS)[number];
  /** Made by the server for each page it shows; two presses of one button carry the same. */
  readonly id: string;
  /** The message, the sentence, or what was chosen. */
  readonly text: string;
  readonly reason: string;
  /** What an update says besides; empty where it says nothing of it. */
  readonly severity: string;
  readonly status: string;
  readonly next: string;
  /** The number of the message that it is about. */
  readonly about: number | null;
  /** Which role it is about. */
  readonly role: string;
}

/** Reads a posted form. What is missing or strange becomes empty and is refused later, with a sentence. */
export function draftOf(fields: unknown): Draft {
  const given = (typeof fields === 'object' && fields !== null ? fields : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].replaceAll('\r\n', '\n') : '');
  return {
    do: KINDS.find((kind) => kind === text('do')) ?? 'message',
    id: text('id'),
    text: text('text'),
    reason: text('reason'),
    severity: text('severity'),
    status: text('status'),
    next: text('next'),
    about: seqOf(text('about')),
    role: text('role'),
  };
}

/** The number of an event in its room; null when it is none. */
export function seqOf(given: string): number | null {
  const seq = Number(given);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}
