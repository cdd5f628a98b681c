import type { SearchPage } from '#libs/war-room-protocol/search';
import type { Viewer } from '#src/incidents/visibility.queries';
import { type Database, rows, type Tx } from '#src/platform/database/database';
import { codeOf } from '#src/platform/database/database-errors';
import type { Work } from '#src/platform/shedding/work.types';
import { SearchTookTooLong } from './search.errors.ts';
import type { SearchQueries } from './search.queries.ts';
import type { Reads } from './search.types.ts';
import { AtMost } from './at-most.ts';

const AT_MOST_MS = 2_000;
/** Far fewer than there are connections: whoever searches must not keep those waiting who write. */
const AT_ONCE = 3;
const WAIT_MS = 1_000;
/** PostgreSQL ended the statement. */
const TOO_LONG = '57014';

/** Search, as much of it as the room can spare: a search has its time and its turn, and is given up early under load. */
export class Search {
  private readonly turns = new AtMost(AT_ONCE);

  constructor(
    private readonly queries: SearchQueries,
    private readonly database: Database,
    private readonly work: Work,
  ) {}

  /**
   * `after` is the `next` of the page before.
   * @throws NothingToFind, TooMuchToFind, NoSuchPlace, SearchTookTooLong, TooManySearches, WorkIsOff
   */
  async find(line: string, viewer: Viewer, after: string | null = null): Promise<SearchPage> {
    return this.inTurn(WAIT_MS, () => this.database.transaction((tx) => this.withinTime(tx, line, viewer, after)));
  }

  /** The same in a transaction that is open already: it holds a connection, so it does not wait for its turn. */
  async findIn(tx: Tx, line: string, viewer: Viewer): Promise<SearchPage> {
    return this.inTurn(0, () => this.withinTime(tx, line, viewer, null));
  }

  private async inTurn<T>(waitMs: number, search: () => Promise<T>): Promise<T> {
    this.work.check('search');
    const giveBack = await this.turns.take(waitMs);
    try {
      return await search();
    } finally {
      giveBack();
    }
  }

  private async withinTime(tx: Tx, line: string, viewer: Viewer, after: string | null): Promise<SearchPage> {
    const end = performance.now() + AT_MOST_MS;
    const reads: Reads = {
      query: async <Row>(sql: string, values?: readonly unknown[]) => {
        if (performance.now() > end) throw new SearchTookTooLong();
        return rows<Row>(tx, sql, values);
      },
    };
    try {
      await tx.query(`set local statement_timeout = ${AT_MOST_MS}`);
      const page = await this.queries.find(reads, line, viewer, after);
      await tx.query('set local statement_timeout to default');
      return page;
    } catch (error) {
      throw codeOf(error) === TOO_LONG ? new SearchTookTooLong() : error;
    }
  }
}
