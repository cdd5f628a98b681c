import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { preparedName } from './prepared.ts';

/** What the driver says when nobody answered for `query_timeout`. */
const NO_ANSWER = 'Query read timeout';
/** A migration changed what a prepared statement answers: on that connection it never works again. */
export const PLAN_OUTDATED = '0A000';

/**
 * A connection that is lost in the moment in which the pool hands it over has nobody who listens for that, and would end the process;
 * whoever gets it is told by their first statement.
 *
 * One that does not answer is over. The server gives up a statement before we do, so silence is a line that is dead at its other end; the
 * driver only stops waiting, and the pool would hand the same line out again, for as long as the system believes in it.
 *
 * Statements that are asked often are prepared here, so that nobody has to think of it where they are written.
 */
class WatchedClient extends pg.Client {
  constructor(options: pg.ClientConfig) {
    super(options);
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = (...given: unknown[]) => {
      const answer = query(...prepared(given));
      if (answer instanceof Promise) answer.catch((error: Error & { code?: string }) => isOver(error) && this.hangUp());
      return answer as never;
    };
  }

  /** With a statement under way that cuts the line, and the pool takes nothing back that is ended. */
  private hangUp(): void {
    void this.end().catch(() => undefined);
  }
}

const isOver = ({ message, code }: Error & { code?: string }): boolean => message === NO_ANSWER || code === PLAN_OUTDATED;

function prepared(given: readonly unknown[]): readonly unknown[] {
  const [text, values, ...others] = given;
  const name = typeof text === 'string' && Array.isArray(values) ? preparedName(text) : undefined;
  return name === undefined ? given : [{ name, text, values }, ...others];
}

/**
 * Every wait has an end: a half-open link, a lock or a forgotten transaction must never hang the room.
 * Migrations are our own (`migrate.ts`), under a lock; TypeORM never changes the schema.
 */
export function dataSourceOptions(url: string, poolSize = 12): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize,
    connectTimeoutMS: 3_000,
    // A lost connection is the caller's to see at once; the next query opens a new one.
    poolErrorHandler: () => undefined,
    extra: {
      Client: WatchedClient,
      // A restore asks by this name whether Muster is running.
      application_name: 'muster',
      keepAlive: true,
      query_timeout: 12_000,
      // Compiling a query takes longer than any of ours runs.
      options: '-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=5000 -c jit=off',
    },
  };
}
