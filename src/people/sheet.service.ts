import { type Reachable, addressesOf } from '#src/platform/config/addresses-of';
import { type Database, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, actorOf } from './people.types.ts';

/** What stands on everybody's sheet: where the war room is, whom to call. */
export interface SheetFacts {
  readonly addresses: readonly string[];
  readonly numbers: readonly string[];
}

/** The piece of paper for the night on which nothing else works. */
export class Sheet {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly config: Reachable,
  ) {}

  /** @throws NotAllowed */
  async facts(by: AtTheDoor): Promise<SheetFacts> {
    mustBeAllowed(by, 'code.print');
    const [found] = await this.database.query<{ numbers: string[] }>('select sheet_numbers as numbers from organisation');
    return { addresses: addressesOf(this.config), numbers: found?.numbers ?? [] };
  }

  /** Whoever printed a sheet before has the old ones on it. @throws NotAllowed */
  async setNumbers(numbers: readonly string[], by: AtTheDoor): Promise<SheetFacts> {
    mustBeAllowed(by, 'settings.change');
    await this.database.transaction(async (tx) => {
      const [before] = await rows<{ numbers: string[] }>(tx, 'select sheet_numbers as numbers from organisation for update');
      if (JSON.stringify(before?.numbers) === JSON.stringify(numbers)) return;
      await tx.query('update organisation set sheet_numbers = $1', [[...numbers]]);
      const { person, via } = actorOf(by);
      const data = { what: 'Numbers on the sheet', before: { numbers: before?.numbers ?? [] }, after: { numbers } };
      await recordChange(tx, this.log, { type: 'sheet.changed', by: person, via, data });
    });
    return this.facts(by);
  }
}
