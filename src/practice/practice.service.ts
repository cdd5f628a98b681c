import { uuidv7 } from 'uuidv7';
import type { PracticeView } from '#libs/war-room-protocol/practice';
import type { Role } from '#src/platform/config/config.schema';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { PersonId } from '#src/people/people.types';
import type { Work } from '#src/platform/shedding/work.types';
import { COMING_UP, OVER } from './practice-words.ts';
import { PracticeNotFound, PracticeOver, StepOutOfOrder } from './practice.errors.ts';
import { FIRST, POSSIBLE, type Step, type Wanted, type WantedBeside } from './practice.types.ts';

interface Row {
  readonly view: Partial<PracticeView> | null;
  readonly port: number | null;
  readonly ports: Readonly<Record<string, number>>;
  readonly over: boolean;
}

/** Practice as the page asks for it. The playing itself is done by a process of its own, which this one asks for. */
export class PracticeService {
  constructor(
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly want: (role: Role) => void,
    private readonly work: Work,
  ) {}

  /** The practice that is going on for this person, or a new one. */
  async startOrResume(owner: PersonId): Promise<string> {
    this.want('practice');
    const [running] = await this.database.query<{ id: string }>(
      `select id from practice where owner = $1 and ended_at is null order by created_at desc limit 1`,
      [owner],
    );
    if (!running) this.work.check('practice');
    return running?.id ?? this.start(owner);
  }

  /** A new one from its beginning. What this person practised before is over; its drills stay readable. */
  async startAnew(owner: PersonId): Promise<string> {
    this.work.check('practice');
    this.want('practice');
    await this.database.query('update practice set ended_at = clock_timestamp() where owner = $1 and ended_at is null', [owner]);
    return this.start(owner);
  }

  /** @throws PracticeNotFound */
  async view(id: string, owner: PersonId): Promise<PracticeView> {
    const { view, over } = await this.row(id, owner);
    // After a restart nobody plays it any more, and whoever plays says at its start that what was before is over.
    if (!over) this.want('practice');
    // A view is kept as it was last shown, by this Muster or by an older one.
    const shown: PracticeView = { ...starting(id), ...view };
    return over ? { ...shown, step: 'ended', say: OVER } : shown;
  }

  /** Asks for the next step, or, of a chat that stands beside, for its fall or return. @throws PracticeNotFound, StepOutOfOrder saying what comes first */
  async ask(id: string, owner: PersonId, what: Wanted, chat?: string): Promise<PracticeView> {
    const view = await this.view(id, owner);
    if (view.step === 'ended') throw new StepOutOfOrder(view.say);
    const wanted = chat === undefined ? next(view, what) : beside(view, what, chat);
    await this.database.query('update practice set wanted = $2 where id = $1', [id, wanted]);
    this.doorbell.ring({ topic: 'practice', id });
    return view;
  }

  /** Where the pretend chat's page is served, on this machine; with `chat`: of one that stands beside it. @throws PracticeNotFound, PracticeOver */
  async portOf(id: string, owner: PersonId, chat?: string): Promise<number> {
    const { port, ports, over } = await this.row(id, owner);
    // Its port may be somebody else's by now.
    if (over) throw new PracticeOver();
    const found = chat === undefined ? port : ports[chat];
    if (!found) throw new PracticeNotFound();
    return found;
  }

  private async start(owner: PersonId): Promise<string> {
    const id = uuidv7();
    await this.database.query('insert into practice (id, owner) values ($1, $2)', [id, owner]);
    this.doorbell.ring({ topic: 'practice', id });
    return id;
  }

  private async row(id: string, owner: PersonId): Promise<Row> {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new PracticeNotFound();
    const [row] = await this.database.query<Row>(
      'select view, port, ports, ended_at is not null as over from practice where id = $1 and owner = $2',
      [id, owner],
    );
    if (!row) throw new PracticeNotFound();
    return row;
  }
}

function starting(id: string): PracticeView {
  return {
    id,
    incident: null,
    drills: [],
    step: 'starting',
    say: COMING_UP,
    timings: [],
    chat: { name: 'Chat', frame: '', state: 'starting' },
    beside: [],
    exchanged: null,
  };
}

function next(view: PracticeView, what: Wanted): Wanted {
  if (!POSSIBLE[view.step as Step].includes(what)) throw new StepOutOfOrder(FIRST[what]);
  return what;
}

function beside(view: PracticeView, what: Wanted, chat: string): WantedBeside {
  if (what === 'say-something' || !view.beside.some(({ id }) => id === chat)) throw new StepOutOfOrder(FIRST['say-something']);
  return `${what} ${chat}`;
}
