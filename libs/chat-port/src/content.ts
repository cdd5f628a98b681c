import type { RoomRef, UserRef } from './names.ts';

/**
 * A message as plain JSON, so that it can be stored, compared, signed and shown by any surface.
 * Text is data (CP8): the renderer escapes it, the caller never does.
 */
export interface Content {
  blocks: Block[];
  /** One line for notifications, for screen readers, and for platforms that can show nothing else. Data too. */
  summary: string;
  tone?: 'info' | 'ok' | 'warn' | 'critical';
  /** Whose words these are, when we carry a person's message from elsewhere; `via` names where from. */
  author?: { name: string; avatar?: string; via: string };
}

export type Block =
  | { t: 'p' | 'quote'; c: Inline[] }
  | { t: 'h'; level: 1 | 2 | 3; c: Inline[] }
  | { t: 'list'; ordered: boolean; items: Block[][] }
  | { t: 'pre'; lang?: string; v: string }
  | { t: 'rule' }
  | { t: 'facts'; rows: { label: string; c: Inline[] }[] }
  | { t: 'table'; head: string[]; rows: Inline[][][] }
  | { t: 'image'; file: FileRef; alt: string }
  | { t: 'file'; file: FileRef }
  | { t: 'actions'; items: Action[] }
  | { t: 'input'; field: Field };

export type Inline =
  | { t: 'text'; v: string }
  | { t: 'strong' | 'em' | 'strike'; c: Inline[] }
  | { t: 'code'; v: string }
  /** Addresses other than http, https, mailto and tel are shown as words, and the loss is told. */
  | { t: 'link'; href: string; c: Inline[] }
  /** The only thing that notifies anybody. `name`: what they are called, for platforms on which a mention has to say it. */
  | { t: 'mention'; who: UserRef | { group: string } | 'everyone'; name?: string }
  | { t: 'room'; ref: RoomRef }
  | { t: 'emoji'; name: string; unicode?: string }
  /** A moment in epoch milliseconds, shown in the reader's own zone where the platform can. */
  | { t: 'time'; at: number; style: 'clock' | 'date' | 'relative' };

export type Action =
  /** `opensForm` where the press is to be answered with a form: platforms that need to know beforehand are told so. */
  | { t: 'button'; id: string; label: string; value?: string; tone?: 'primary' | 'danger'; confirm?: string; opensForm?: boolean }
  | { t: 'open'; label: string; href: string }
  | { t: 'select'; id: string; label: string; options: Choice[] };

/** An instant is an ISO 8601 string with its zone; a date is one without a time. */
export type Field = { id: string; label: string; required?: boolean; hint?: string } & (
  | { t: 'line' | 'text'; max?: number; value?: string }
  | { t: 'choice' | 'choices'; options: Choice[]; value?: string[] }
  | { t: 'person' | 'date' | 'instant' | 'number'; value?: string }
);

export interface Choice {
  label: string;
  value: string;
}

/** `state` comes back with the answer as it was given, so that a form needs no memory elsewhere. */
export interface Form {
  id: string;
  title: string;
  submit: string;
  fields: Field[];
  state?: string;
}

/** A file's name and size. Its bytes come by the files facet. */
export interface FileRef {
  id: string;
  name: string;
  mime: string;
  bytes: number;
  /** Where people open it on the platform. */
  href?: string;
  /** The message does not tell what it is: `Files.look` does. Until then `name` stands for it, and `bytes` is 0. */
  untold?: true;
}
