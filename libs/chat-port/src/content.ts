import type { RoomRef, UserRef } from './names.ts';

// Content: plain JSON. Text is data: the renderer escapes it, the caller never does. It stores, diffs, signs and snapshots.
export type Inline =
  | { t: 'text'; v: string }
  | { t: 'strong' | 'em' | 'strike'; c: Inline[] }
  | { t: 'code'; v: string }
  | { t: 'link'; href: string; c: Inline[] }
  | { t: 'mention'; who: UserRef | { group: string } | 'everyone' }
  | { t: 'room'; ref: RoomRef }
  | { t: 'emoji'; name: string; unicode?: string }
  | { t: 'time'; at: number; style: 'clock' | 'date' | 'relative' }; // shown in the reader's own zone where the platform can
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
export type Action =
  | { t: 'button'; id: string; label: string; value?: string; tone?: 'primary' | 'danger'; confirm?: string; opensForm?: boolean }
  | { t: 'open'; label: string; href: string }
  | { t: 'select'; id: string; label: string; options: Choice[] };
export type Field = { id: string; label: string; required?: boolean; hint?: string } & (
  | { t: 'line' | 'text'; max?: number; value?: string }
  | { t: 'choice' | 'choices'; options: Choice[]; value?: string[] }
  | { t: 'person' | 'date' | 'instant' | 'number'; value?: string }
);
export interface Choice {
  label: string;
  value: string;
}
export interface Content {
  blocks: Block[];
  summary: string;
  tone?: 'info' | 'ok' | 'warn' | 'critical'; // summary: notification, screen reader, last resort
  author?: { name: string; avatar?: string; via: string };
} // whose words these are, when we carry a person's message
export interface Form {
  id: string;
  title: string;
  submit: string;
  fields: Field[];
  state?: string;
}
export interface FileRef {
  id: string;
  name: string;
  mime: string;
  bytes: number;
} // data only; bytes by the files facet
