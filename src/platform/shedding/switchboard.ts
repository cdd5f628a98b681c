import { hostname } from 'node:os';
import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { organisationStream } from '#src/platform/log/organisation-stream';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { Asker } from '#src/platform/quarantine/quarantine.types';
import { NOTHING_SHED, type Strain, decide } from './decide.ts';
import type { StrainGauge } from './strain-gauge.ts';
import { WorkIsOff } from './shedding.errors.ts';
import type { SheddingEvents, WorkSwitched } from './shedding.events.ts';
import type { FileSwitches, SwitchFile } from './switch-file.ts';
import { type Switch, type Work, type WorkClass, type WorkState, WORK, WORK_CLASSES } from './work.types.ts';

const LOOK_MS = 1_000;
/** Told when the database is back; a switch that flaps for an hour must not fill memory. */
const UNTOLD = 100;

interface Untold {
  readonly type: keyof SheddingEvents;
  readonly data: WorkSwitched;
}

/**
 * Which work is given up in this process: by its file, else by a person, else by its own load. All of it is in memory, so
 * asking costs nothing and works when the database is away.
 */
export class Switchboard implements Work {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private people: ReadonlyMap<WorkClass, Switch> = new Map();
  private shedding = NOTHING_SHED;
  private untold: Untold[] = [];
  private readonly watchers = new Set<() => void>();
  private shown = '';

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly file: SwitchFile | null,
    private readonly gauge: StrainGauge,
    private readonly log: Log,
  ) {
    this.loop = new Loop('switches', LOOK_MS, () => this.look(), log);
    this.deaf = doorbell.listen('operations', () => this.loop.wake());
  }

  start(): void {
    this.gauge.start();
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    await this.loop.stop();
    this.gauge.stop();
  }

  /** Calls after each change, within a second of it in every process. Returns how to stop. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  isOn(work: WorkClass): boolean {
    return this.stateOf(work).on;
  }

  check(work: WorkClass): void {
    const { on, name, means, switch: said } = this.stateOf(work);
    if (!on) throw new WorkIsOff(name, means, said?.why ?? 'this Muster has too much to do.');
  }

  get strain(): Strain {
    return this.gauge.latest;
  }

  all(): WorkState[] {
    return WORK_CLASSES.map((work) => this.stateOf(work));
  }

  /** For everybody, in every process; null takes the word back, and load decides again. */
  async set(work: WorkClass, off: boolean | null, why: string, until: Date | null, by: Asker): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (off === null) await tx.query('delete from work_switch where class = $1', [work]);
      else
        await tx.query(
          `insert into work_switch (class, off, set_by, via, why, until) values ($1, $2, $3, $4, $5, $6)
           on conflict (class) do update set off = excluded.off, set_by = excluded.set_by, via = excluded.via, why = excluded.why,
              until = excluded.until, since = clock_timestamp()`,
          [work, off, JSON.stringify(by.person), JSON.stringify(by.via), why, until],
        );
      await this.announce(tx, { type: 'work.switched', data: { class: work, off, why, until: until?.toISOString() ?? null } }, by);
      afterCommit(tx, () => this.doorbell.ring({ topic: 'operations', id: work }));
    });
    await this.readPeople();
    this.show();
  }

  private async look(): Promise<void> {
    const before = new Map(this.file?.current);
    if (await this.file?.read()) this.tellFile(before, this.file?.current ?? new Map());
    await this.readPeople().catch(() => undefined);
    this.shed(await this.gauge.read());
    this.show();
    await this.tell().catch(() => undefined);
  }

  private show(): void {
    const now = JSON.stringify(this.all());
    if (now === this.shown) return;
    this.shown = now;
    for (const changed of this.watchers) changed();
  }

  private shed(strain: Strain): void {
    const before = this.shedding;
    this.shedding = decide(before, strain, performance.now(), WORK.length);
    if (this.shedding.level === before.level) return;
    const isMore = this.shedding.level > before.level;
    const work = WORK[Math.max(before.level, this.shedding.level) - 1];
    if (!work) return;
    this.log.warn({ work: work.class, ...strain }, isMore ? 'too much to do, work is given up' : 'calm again, work is taken up');
    this.later(isMore ? 'work.shed' : 'work.given-back', {
      class: work.class,
      off: isMore,
      why: `event loop late by ${strain.loopDelayMs} ms, ${strain.poolWaiting} wait for the database, oldest event waits ${Math.round(strain.queueAgeMs / 1_000)} s`,
      until: null,
      process: `${hostname()} ${process.pid}`,
    });
  }

  private tellFile(before: FileSwitches, after: FileSwitches): void {
    for (const work of WORK_CLASSES) {
      const was = before.get(work);
      const is = after.get(work);
      if (was?.off === is?.off && was?.why === is?.why && was?.until === is?.until) continue;
      this.log.warn({ work, off: is?.off ?? null, why: is?.why }, 'the file of switches says something else');
      this.later('work.switched', {
        class: work,
        off: is?.off ?? null,
        why: is?.why ?? 'Its line is gone from switches.json.',
        until: is?.until ?? null,
        process: `${hostname()} ${process.pid}`,
      });
    }
  }

  private later(type: keyof SheddingEvents, data: WorkSwitched): void {
    this.untold = [...this.untold, { type, data }].slice(-UNTOLD);
  }

  private async tell(): Promise<void> {
    while (this.untold[0]) {
      const [first] = this.untold;
      await this.database.transaction((tx) => this.announce(tx, first, null));
      this.untold = this.untold.slice(1);
    }
  }

  private async announce(tx: Tx, { type, data }: Untold, by: Asker | null): Promise<void> {
    await this.streams.append<keyof SheddingEvents, WorkSwitched>(tx, await organisationStream(tx), {
      id: uuidv7(),
      type,
      by: by?.person ?? null,
      via: by?.via ?? (type === 'work.switched' ? { id: 'file', name: 'switches.json' } : MUSTER),
      data,
    });
  }

  private async readPeople(): Promise<void> {
    const found = await this.database.query<{
      class: WorkClass;
      off: boolean;
      set_by: Switch['by'];
      via: Switch['via'];
      why: string;
      since: Date;
      until: Date | null;
    }>('select * from work_switch');
    this.people = new Map(
      found.map(({ class: work, off, set_by, via, why, since, until }) => [
        work,
        { off, why, by: set_by, via, since: since.toISOString(), until: until?.toISOString() ?? null },
      ]),
    );
  }

  private stateOf(work: WorkClass): WorkState {
    const place = WORK_CLASSES.indexOf(work);
    const { name, off: means } = WORK[place] ?? { name: work, off: '' };
    const file = lasting(this.file?.current.get(work));
    const person = lasting(this.people.get(work));
    const said = file ?? person;
    const isShed = place < this.shedding.level;
    const decidedBy = file ? 'file' : person ? 'person' : isShed ? 'load' : 'nobody';
    return { class: work, name, means, on: said ? !said.off : !isShed, decidedBy, switch: said ?? null };
  }
}

const lasting = (said: Switch | undefined): Switch | undefined =>
  said && (said.until === null || Date.parse(said.until) > Date.now()) ? said : undefined;
