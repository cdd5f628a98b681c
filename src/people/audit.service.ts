import type * as z from 'zod/mini';
import type { auditEntry, auditPage } from '#libs/war-room-protocol/organisation';
import type { Database } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { organisationStream } from '#src/platform/log/organisation-stream';
import { cut } from '#src/platform/http/paging';
import { mustBeAllowed } from './permissions.types.ts';
import type { AtTheDoor } from './people.types.ts';

/** One change of what belongs to no incident: who, when, from where, and what it was before and after. */
export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditPage = z.infer<typeof auditPage>;

const PAGE = 500;

/** The organisation's own stream, as admins read it. An incident's changes are in its room's log, for those who may see that. */
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** Entries after a number, oldest first. @throws NotAllowed */
  async after(seq: number, by: AtTheDoor, limit = PAGE): Promise<AuditPage> {
    mustBeAllowed(by, 'audit.read');
    const events = await this.log.read(await organisationStream(this.database), seq, limit + 1);
    const { shown, next, more } = cut(events, { after: seq, limit }, (event) => event.seq);
    return { changes: shown.map(toEntry), next, more };
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
