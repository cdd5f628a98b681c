import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process that dies at every start would fill the disk, which makes it worse. */
const KEPT = 20;
const NAME = /^crash-.*\.jsonl$/;

/**
 * Writes what a dying process knew into the folder of the logs, and answers where. The oldest of too many are removed.
 * It waits for nothing: whoever calls it has no next turn.
 */
export function writeCrashFile(dataDir: string, lines: readonly string[], now = new Date()): string {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const older = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();
  for (const name of older.slice(0, Math.max(0, older.length - KEPT + 1))) rmSync(join(folder, name), { force: true });
  const path = join(folder, `crash-${now.toISOString().replace(/[:.]/g, '-')}-${process.pid}.jsonl`);
  writeFileSync(path, lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join(''), { mode: 0o600 });
  return path;
}
