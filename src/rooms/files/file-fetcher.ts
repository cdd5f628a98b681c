import type { Attempt, Files } from '@musterhq/chat-port';
import type { Artifacts } from '#src/artifacts/artifacts.service';
import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database, Tx } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Log } from '#src/platform/logging/logging';
import { problemIn } from '#src/platform/logging/problem-in';
import { REAL_CLOCK, within } from '#src/platform/loops/clock';
import { holdLease } from '#src/platform/loops/lease';
import { Loop } from '#src/platform/loops/loop';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { Runs } from '#src/platform/loops/runs';
import { Budgets } from '../deliveries/budgets.ts';
import { isForGood } from '../deliveries/decide.ts';
import type { FileLost } from '../rooms.events.ts';
import type { AwaitedFile } from './awaited-file.types.ts';
import { claimFile, settleFile, tenantsWithFiles } from './awaited-files.ts';
import { GAVE_UP, tooLarge, whyNotKept, whyRefused } from './why-lost.ts';

const POLL_MS = 1_000;
/** One that is slow does not keep a picture of another room waiting. */
const AT_ONCE = 3;
/** For a whole file, over a slow line. */
const FETCH_MS = 120_000;
const LOOK_MS = 10_000;
const AGAIN_AFTER_MS = [2_000, 5_000, 15_000, 60_000, 300_000, 900_000];
const GIVE_UP_MS = 3 * 24 * 3_600_000;

/**
 * Fetches the files that messages of chats came with, into our own store. Where it stands is kept in rows, so whoever goes on
 * after a crash goes on there; the same file fetched twice is one. What a chat is too busy or too far away to give is asked for
 * again, after pauses that grow.
 */
export class FileFetcher {
  private readonly loop: Loop;
  private readonly runs = new Runs();
  private readonly stopping = new AbortController();
  private readonly budgets = new Budgets(REAL_CLOCK, this.stopping.signal);

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly artifacts: Artifacts,
    private readonly chats: Pick<Chats, 'all'>,
    private readonly log: Log,
    private readonly owner = PROCESS_ID,
  ) {
    this.loop = new Loop('files of chats', POLL_MS, () => this.fetchDue(), log);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
    await this.runs.ended();
  }

  private async fetchDue(): Promise<void> {
    for (const chat of this.chats.all()) {
      for (const tenant of await tenantsWithFiles(this.database, chat.id)) {
        const key = `${chat.id}/${tenant}`;
        if (this.runs.has(key) || !(await holdLease(this.database, { instance: chat.id, tenant: `${tenant}/files` }, this.owner))) continue;
        this.runs.start(
          key,
          () => Promise.all(Array.from({ length: AT_ONCE }, () => this.fetchAll(chat, tenant))),
          (error) => this.log.warn({ instance: chat.id, error }, 'files of a chat could not be fetched, will try again'),
        );
      }
    }
  }

  private async fetchAll(chat: Chat, tenant: string): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const file = await claimFile(this.database, { instance: chat.id, tenant }, this.owner, FETCH_MS + POLL_MS);
      if (!file) return;
      await this.fetch(chat, file);
    }
  }

  private async fetch(chat: Chat, awaited: AwaitedFile): Promise<void> {
    const { files } = chat.adapter;
    if (!files) return this.lose(awaited, whyRefused({ code: 'unsupported', scope: 'room' }, chat.name));
    const told = await this.look(chat, files, awaited);
    if (told === null) return;
    // What it says of its size is believed when it is too much, and checked when it is not.
    if (told.file.bytes > this.artifacts.mostBytes) return this.lose(told, tooLarge(this.artifacts.mostBytes));
    await this.budgets.wait(chat, 'file', told.room);
    await within(REAL_CLOCK, FETCH_MS, this.stopping.signal, async (signal) => {
      const opened = await this.ask(() => files.open(told.room, told.file, signal));
      if (opened.outcome !== 'done') return this.refused(chat, told, opened);
      return this.keep(chat, told, endingBy(opened.value, signal));
    });
  }

  /** With what its chat tells of it only when it is asked. Null: it does not, for now or ever, and that is settled. */
  private async look(chat: Chat, files: Files, awaited: AwaitedFile): Promise<AwaitedFile | null> {
    const { file, room } = awaited;
    const look = files.look?.bind(files);
    if (!file.untold || !look) return awaited;
    await this.budgets.wait(chat, 'file', room);
    const told = await within(REAL_CLOCK, LOOK_MS, this.stopping.signal, (signal) => this.ask(() => look(room, file, signal)));
    if (told.outcome === 'done') return { ...awaited, file: told.value };
    await this.refused(chat, awaited, told);
    return null;
  }

  private refused(chat: Chat, awaited: AwaitedFile, answer: Exclude<Attempt<never>, { outcome: 'done' }>): Promise<void> {
    if (isForGood(answer)) return this.lose(awaited, whyRefused(answer.fault, chat.name));
    return this.tryLater(chat, awaited, answer.fault.retryAfterMs ?? 0, answer.fault.code);
  }

  private async ask<T>(call: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
    try {
      return await call();
    } catch (error) {
      return { outcome: 'unknown', fault: { code: 'protocol', scope: 'message', detail: problemIn(error) } };
    }
  }

  private async keep(chat: Chat, awaited: AwaitedFile, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { fileId: id, incidentId, messageId, by, file } = awaited;
    try {
      const toAdd = { id, incidentId, messageId, by, name: file.name, alt: null, bytes };
      const isWanted = (tx: Tx): Promise<boolean> => settleFile(tx, this.owner, awaited, 'kept');
      await this.artifacts.addFetched(toAdd, isWanted);
    } catch (error) {
      const why = whyNotKept(error);
      if (why !== null) return this.lose(awaited, why);
      return this.tryLater(chat, awaited, 0, problemIn(error));
    }
  }

  private async tryLater(chat: Chat, awaited: AwaitedFile, afterMs: number, why: string): Promise<void> {
    // Stopping is nobody's fault: the claim runs out, and whoever goes on asks again.
    if (this.stopping.signal.aborted) return;
    const now = Date.now();
    if (now - awaited.awaitedSince.getTime() > GIVE_UP_MS) return this.lose(awaited, GAVE_UP);
    const grown = (AGAIN_AFTER_MS[Math.min(awaited.attempts, AGAIN_AFTER_MS.length) - 1] ?? POLL_MS) / chat.pace;
    this.log.info({ instance: chat.id, file: awaited.fileId, attempts: awaited.attempts, why }, 'a file could not be fetched yet');
    const againAt = new Date(now + Math.max(afterMs, grown));
    await this.database.transaction((tx) => settleFile(tx, this.owner, awaited, { againAt }));
  }

  private async lose(awaited: AwaitedFile, why: string): Promise<void> {
    const { fileId, incidentId, messageId, by, file } = awaited;
    await this.database.transaction(async (tx) => {
      if (!(await settleFile(tx, this.owner, awaited, 'lost'))) return;
      await this.streams.append<'file.lost', FileLost>(tx, incidentId, {
        id: uuidFor(fileId, 'lost'),
        type: 'file.lost',
        by: by.person,
        via: by.via,
        data: { fileId, name: file.name, messageId, why, ...(isWebAddress(file.href) ? { href: file.href } : {}) },
      });
    });
  }
}

const isWebAddress = (href = ''): boolean => URL.canParse(href) && /^https?:$/.test(new URL(href).protocol);

/** A chat that goes silent in the middle is not waited for, whatever its adapter does. */
async function* endingBy(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const ended = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true }),
  );
  ended.catch(() => undefined);
  const reader = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.next(), ended]);
      if (done) return;
      yield value;
    }
  } finally {
    // Not waited for: one that hangs would hang here, too.
    void reader.return?.().catch(() => undefined);
  }
}
