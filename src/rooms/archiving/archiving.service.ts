import type { ArchiveRule } from '#libs/war-room-protocol/archiving';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { type Database, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';

/** The rule by which rooms of the chats are archived. */
export class Archiving {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** @throws NotAllowed */
  async rule(by: AtTheDoor): Promise<ArchiveRule> {
    mustBeAllowed(by, 'settings.change');
    const [rule] = await this.database.query<ArchiveRule>('select archive_after_days as days from organisation');
    return rule ?? { days: null };
  }

  /** What is on its way already is archived no more where that is taken back. @throws NotAllowed */
  async set({ days }: ArchiveRule, by: AtTheDoor): Promise<ArchiveRule> {
    mustBeAllowed(by, 'settings.change');
    await this.database.transaction(async (tx) => {
      const [before] = await rows<ArchiveRule>(tx, 'select archive_after_days as days from organisation for update');
      if (before?.days === days) return;
      await tx.query('update organisation set archive_after_days = $1', [days]);
      const { person, via } = actorOf(by);
      const data = {
        what: 'Channels of incidents that are over',
        before: { archivedAfterDays: before?.days ?? null },
        after: { archivedAfterDays: days },
      };
      await recordChange(tx, this.log, { type: 'archiving.changed', by: person, via, data });
    });
    return { days };
  }
}
