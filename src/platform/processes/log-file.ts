import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_AT_BYTES = 20 * 1024 * 1024;

/** Everything Muster's processes say, in one file, a JSON line a fact. One older file is kept beside it. */
export class LogFile {
  readonly path: string;
  readonly fd: number;

  constructor(dataDir: string) {
    const folder = join(dataDir, 'logs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.path = join(folder, 'muster.log');
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ROTATE_AT_BYTES) renameSync(this.path, `${this.path}.1`);
    this.fd = openSync(this.path, 'a', 0o600);
  }

  write(line: string): void {
    writeSync(this.fd, `${line}\n`);
  }

  close(): void {
    closeSync(this.fd);
  }
}

interface Line {
  readonly level?: string;
  readonly time?: string;
  readonly msg?: string;
  readonly why?: unknown;
  readonly error?: { readonly name?: string; readonly code?: string };
  readonly crashFile?: string;
}

/** A log line as a person reads it at a terminal: when, how bad, what, and why where it says so. Anything else is shown as it is. */
export function forTerminal(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { level = 'note', time, msg = '', why: reason, error, crashFile } = JSON.parse(line) as Line;
    const when = new Date(time ?? Date.now()).toISOString().slice(11, 19);
    const why = error?.name ? ` (${[error.name, error.code].filter(Boolean).join(', ')})` : '';
    return `${when} ${level}: ${msg}${why}${typeof reason === 'string' ? `: ${reason}` : ''}${crashFile ? `. What it did before is in ${crashFile}` : ''}`;
  } catch {
    return line;
  }
}
