import { join } from 'node:path';
import type { Config, Role } from '#src/platform/config/config.schema';
import { migrate } from '#src/platform/database/migrate';
import { ownSecret } from '#src/platform/secrets/own-secret';
import { openDataFolder } from './data-folder.ts';
import { installedDatabase, type KeptDatabase, ownDatabase } from './kept-database.ts';
import { KeptProcess } from './kept-process.ts';
import { tryLock } from './lock-file.ts';
import { forTerminal, LogFile } from './log-file.ts';
import type { FromChild } from './messages.ts';
import { requireFreePort } from './port.ts';
import { RUNNING_LOCK } from './reach-database.ts';
import { Refusal } from './refusal.ts';
import type { Links } from './supervised.ts';
import type { Terminal } from './terminal.ts';

export interface SupervisorOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly program: string;
  readonly terminal: Terminal;
}

const FAILED_STARTS_BEFORE_GIVING_UP = 3;

/**
 * Starts Muster in order (folder, port, database, migrations, processes), keeps it running, stops it in reverse.
 *
 * A start that cannot be completed undoes what it began and throws; most often a `Refusal`. A second Muster with
 * the same data or the same port is refused before anything is begun.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #processes: KeptProcess[] = [];
  readonly #undo: (() => Promise<void> | void)[] = [];
  #database: KeptDatabase | undefined;
  #log: LogFile | undefined;
  #isUp = false;
  #starting: Promise<unknown> | undefined;
  #stopped: Promise<void> | undefined;
  #heard: (message: FromChild | { readonly type: 'failed'; readonly how: string }, from: KeptProcess | undefined) => void = () => undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Resolves with the addresses for the terminal, once the room is served. */
  async start(): Promise<Links> {
    const starting = this.#start();
    this.#starting = starting.catch(() => undefined);
    return starting.catch(async (error: unknown) => {
      await this.#unwind();
      throw error;
    });
  }

  /** The processes first, then the database. Everything committed is kept. A second call waits for the same end. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  get isStopping(): boolean {
    return this.#stopped !== undefined;
  }

  /** For whoever cannot wait: the processes are killed, the database still stops properly. */
  hurry(): void {
    this.#processes.forEach((one) => one.kill());
  }

  async #start(): Promise<Links> {
    const { config, dataDir, terminal } = this.#options;
    openDataFolder(dataDir);
    this.#claim(dataDir, config.PUBLIC_URL);
    await requireFreePort(config.PORT, config.HOST);
    this.#log = this.#openLog(dataDir);

    const database = await (config.DATABASE_URL
      ? installedDatabase(config.DATABASE_URL)
      : ownDatabase(dataDir, (news) => terminal.complain(news)));
    this.#undo.push(() => database.stop());
    this.#database = database;
    const applied = await upToDate(database.url);
    this.#giveUpIfStopped();
    terminal.stage('Database', ['ready', database.about, applied.length ? `brought up to date` : ''].filter(Boolean).join(', '));

    const links = this.#firstLinks();
    this.#run('web', 'ingest');
    this.#run('worker', 'clock');
    return links;
  }

  /** A start that is under way has to come to its end first, or what it begins next would be left running. */
  async #stop(): Promise<void> {
    await Promise.resolve();
    this.#heard({ type: 'failed', how: 'it was stopped' }, undefined);
    await this.#starting;
    await this.#unwind();
  }

  async #unwind(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.stop()));
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) await undo();
  }

  #claim(dataDir: string, url: string): void {
    const claim = tryLock(join(dataDir, RUNNING_LOCK), url);
    if ('heldBy' in claim) {
      const { note, pid } = claim.heldBy;
      throw new Refusal(
        `Muster is already running at ${note} with the data in ${dataDir} (process ${pid}). To run a second one, give it a PORT and a MUSTER_DATA of its own.`,
      );
    }
    this.#undo.push(() => claim.release());
  }

  #openLog(dataDir: string): LogFile {
    const log = new LogFile(dataDir);
    this.#undo.push(() => log.close());
    return log;
  }

  /** Ctrl-C may come while the database is being made; then nothing more is begun. */
  #giveUpIfStopped(): void {
    if (this.#stopped) throw new Refusal('Muster was stopped before it was ready.');
  }

  #run(...roles: readonly Role[]): void {
    const { program, dataDir, config, terminal } = this.#options;
    const [database, log] = [this.#database, this.#log];
    if (!database || !log || this.#stopped) return;
    const process = new KeptProcess({
      program,
      roles,
      env: {
        DATABASE_URL: database.url,
        MUSTER_DATA: dataDir,
        PUBLIC_URL: config.PUBLIC_URL,
        PORT: String(config.PORT),
        HOST: config.HOST,
        // One that nobody else can reach has nobody to agree on a secret with.
        ...(config.DATABASE_URL || config.MUSTER_SECRET ? {} : { MUSTER_SECRET: ownSecret(dataDir) }),
      },
      standby: roles.includes('web'),
      logFd: log.fd,
      heard: (message, from) => this.#listen(message, from),
      said: (line) => {
        if (!line.startsWith('{')) log.write(line);
        terminal.complain(forTerminal(line));
      },
      ended: (how, delay) => {
        if (this.#isUp)
          terminal.complain(
            `The process for ${roles.join(' and ')} ended (${how}); it is started again ${delay ? `in ${delay / 1000} s` : 'now'}.`,
          );
        this.#heard({ type: 'failed', how }, process);
      },
    });
    this.#processes.push(process);
  }

  #listen(message: FromChild, from: KeptProcess): void {
    const { type } = message;
    if (type === 'want' && !this.#processes.some(({ roles }) => roles.includes(message.role))) this.#run(message.role);
    this.#heard(message, from);
  }

  /** Asks whoever serves the room, once it does. A program that cannot even start once is not worth insisting on. */
  #firstLinks(): Promise<Links> {
    let failures = 0;
    return new Promise((resolve, reject) => {
      this.#heard = (message, from) => {
        if (message.type === 'ready' && message.roles.includes('web')) {
          this.#options.terminal.stage('Muster', 'listening');
          from?.send({ type: 'links?' });
        }
        if (message.type === 'links') {
          this.#isUp = true;
          this.#heard = () => undefined;
          resolve(message);
        }
        if (message.type === 'failed' && (!from || ++failures === FAILED_STARTS_BEFORE_GIVING_UP)) {
          reject(new Refusal(`Muster could not start: ${message.how}. Its log is ${this.#log?.path}.`));
        }
      };
    });
  }
}

async function upToDate(url: string): Promise<readonly string[]> {
  try {
    return (await migrate(url)).applied;
  } catch (error) {
    throw new Refusal(`The database could not be brought up to date: ${(error as Error).message}`);
  }
}
