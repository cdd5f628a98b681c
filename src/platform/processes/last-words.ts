import { describeError } from '#src/platform/logging/describe-error';
import type { Log } from '#src/platform/logging/logging';
import { writeCrashFile } from './crash-file.ts';

export interface LastWords {
  readonly log: Log;
  /** Without one there is no file: the log is wherever the output goes. */
  readonly dataDir: string | undefined;
  readonly about: Readonly<Record<string, unknown>>;
  /** The last lines of the log. */
  recent(): readonly string[];
}

/** The message of the line, which docs/operating.md names. */
export const LAST_WORDS = 'ended by an error that nobody caught';

/**
 * What a process says before it dies of an error that nobody caught, thrown or of a promise: one line of the log and a file
 * with the lines before it. It does not go on: what such an error left undone is not known, and a fresh process reads it
 * from the database. Node itself would print the error's own words, and they may quote what people wrote.
 */
export function sayLastWords({ log, dataDir, about, recent }: LastWords): void {
  let dying = false;
  process.on('uncaughtException', (error: unknown, origin) => {
    if (dying) process.exit(1);
    dying = true;
    try {
      const first = JSON.stringify({ time: new Date().toISOString(), ...about, pid: process.pid, origin, error: describeError(error) });
      log.error({ error, origin, ...fileOf(dataDir, [first, ...recent()]) }, LAST_WORDS);
    } finally {
      process.exit(1);
    }
  });
}

/** A full disk must not take the line of the log along. */
function fileOf(dataDir: string | undefined, lines: readonly string[]): { crashFile?: string; unwritten?: unknown } {
  if (!dataDir) return {};
  try {
    return { crashFile: writeCrashFile(dataDir, lines) };
  } catch (error) {
    return { unwritten: describeError(error) };
  }
}
