import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Who holds a lock: a process, told apart from a later one with the same number by when it began. */
interface Holder {
  readonly pid: number;
  readonly began: string;
  readonly note: string;
}

export interface Lock {
  release(): void;
}

const ABANDONED_AFTER_MS = 5_000;

/**
 * Takes the lock file, or answers who has it. A holder that died, even by `kill -9`, holds nothing.
 *
 * `note` is what the holder wants others to know, such as its address.
 */
export function tryLock(file: string, note = ''): Lock | { readonly heldBy: Holder } {
  const mine: Holder = { pid: process.pid, began: beginningOf(process.pid), note };
  for (let attempt = 0; attempt < 50; attempt++) {
    if (appears(file, JSON.stringify(mine))) return { release: () => removeIf(file, (holder) => isMe(holder)) };
    const holder = read(file);
    if (holder && isRunning(holder)) return { heldBy: holder };
    removeIf(file, (current) => !current || !isRunning(current));
  }
  throw new Error(`The lock ${file} keeps changing hands. Remove it if nothing of Muster is running.`);
}

/** Waits its turn. */
export async function lock(file: string, milliseconds: number): Promise<Lock> {
  for (const end = Date.now() + milliseconds; ;) {
    const attempt = tryLock(file);
    if (!('heldBy' in attempt)) return attempt;
    if (Date.now() > end) throw new Error(`Waited ${milliseconds / 1000} s for process ${attempt.heldBy.pid}, which holds ${file}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Linked into place, so the file is never seen half-written. */
function appears(file: string, content: string): boolean {
  const draft = join(dirname(file), `.${randomUUID()}`);
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Two removers at once could delete the lock taken in between, so removing is itself done one at a time. */
function removeIf(file: string, condition: (holder: Holder | undefined) => boolean): void {
  const guard = `${file}.changing`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > ABANDONED_AFTER_MS) removeFolder(guard);
    return;
  }
  try {
    if (condition(read(file))) unlinkSync(file);
  } catch {
    // Gone already, which is what was wanted.
  } finally {
    removeFolder(guard);
  }
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another process was quicker.
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isMe(holder: Holder | undefined): boolean {
  return holder?.pid === process.pid && holder.began === beginningOf(process.pid);
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.began === beginningOf(holder.pid);
}

/** Field 22 of /proc/<pid>/stat with the boot it counts from. A zombie holds nothing. Empty where there is no /proc. */
function beginningOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (fields[0] === 'Z') return 'ended';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return '';
  }
}
