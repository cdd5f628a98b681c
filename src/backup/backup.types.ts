import { z } from 'zod';
import type { Readable } from 'node:stream';

/** Raised when a reader of the old format could not read the new one. */
export const FORMAT = 1;

/** Where each thing is in the file, which is a gzipped tar: `tar tzf` shows it without Muster. */
export const ENTRY = { header: 'muster-backup.json', tables: 'tables/', artifacts: 'artifacts/', contents: 'contents.json' } as const;

const sum = z.object({ bytes: z.number(), sha256: z.string() });

/** The first entry: what this is, before anything else is believed. */
export const header = z.object({
  format: z.literal(FORMAT),
  muster: z.string(),
  at: z.string(),
  /** The schema's version: every migration that ran, with its checksum. */
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
});
export type Header = z.infer<typeof header>;

/** The last entry, so that a file which lacks it is known to be half of one. */
export const contents = z.object({
  tables: z.record(z.string(), z.object({ columns: z.array(z.string()), rows: z.number(), ...sum.shape })),
  sequences: z.record(z.string(), z.object({ value: z.string(), isCalled: z.boolean() })),
  artifacts: z.record(z.string(), sum),
  incidents: z.number(),
});
export type Contents = z.infer<typeof contents>;

/** What a backup needs of the store of artifacts: everything that is kept, by key, and to keep it again. */
export interface Artifacts {
  list(): AsyncIterable<{ readonly key: string }>;
  open(key: string): Promise<Readable | null>;
  put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<{ readonly key: string }>;
}

/** What a person is told at the end. */
export interface Summary {
  readonly at: string;
  readonly incidents: number;
  readonly tables: number;
  readonly rows: number;
  readonly artifacts: number;
}

export function summaryOf({ at }: Header, { tables, artifacts, incidents }: Contents): Summary {
  const all = Object.values(tables);
  return {
    at,
    incidents,
    tables: all.length,
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    artifacts: Object.keys(artifacts).length,
  };
}
