import type { Database } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { organisationStream } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from './permissions.types.ts';
import type { AtTheDoor } from './people.types.ts';

/** One change of what belongs to no incident: who, when, from where, and what it was before and after. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly by: LoggedEvent['by'];
  readonly via: LoggedEvent['via'];
  readonly type: string;
  readonly what: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AuditPage {
  readonly changes: readonly AuditEntry[];
  readonly next: number;
  readonly more: boolean;
}

const PAGE = 500;

/** The organisation's own stream, as admins read it. An incident's changes are in its room's log, for those who may see that. */
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** Entries after a number, oldest first, at most 500. @throws NotAllowed */
  async after(seq: number, by: AtTheDoor): Promise<AuditPage> {
    mustBeAllowed(by, 'audit.read');
    const events = await this.log.read(await organisationStream(this.database), seq, PAGE + 1);
    const shown = events.slice(0, PAGE);
    return { changes: shown.map(toEntry), next: shown.at(-1)?.seq ?? seq, more: events.length > PAGE };
  }

  /** The newest, newest first. @throws NotAllowed */
  async newest(by: AtTheDoor): Promise<readonly AuditEntry[]> {
    mustBeAllowed(by, 'audit.read');
    const last = await this.log.lastSeq(await organisationStream(this.database));
    return [...(await this.after(Math.max(0, last - PAGE), by)).changes].reverse();
  }

  /** All of it, page by page. @throws NotAllowed */
  async *all(by: AtTheDoor): AsyncIterable<AuditEntry> {
    for (let seq = 0, more = true; more;) {
      const page = await this.after(seq, by);
      yield* page.changes;
      ({ next: seq, more } = page);
    }
  }
}

function toEntry({ seq, at, by, via, type, data }: LoggedEvent): AuditEntry {
  const { what = null, before = null, after = data } = data as { what?: string; before?: unknown; after?: unknown };
  return { seq, at: at.toISOString(), by, via, type, what, before, after };
}
