import type { PoolClient } from 'pg';
import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import { PLAN_OUTDATED } from './data-source.ts';
import { UNDONE, codeOf } from './database-errors.ts';

/** An open transaction. A method that takes one joins it; a method that takes none opens its own. */
export type Tx = EntityManager;

type AfterCommit = () => void;

const TRIES = 4;
/** After a migration each connection may have the old plan, and ends when it says so: more tries than a pool has connections. */
const TRIES_OF_OLD_PLANS = 32;

const mayTryAgain = (error: unknown, attempt: number): boolean => {
  const code = codeOf(error) ?? '';
  return code === PLAN_OUTDATED ? attempt < TRIES_OF_OLD_PLANS : UNDONE.has(code) && attempt < TRIES;
};

/**
 * The one way to a transaction.
 *
 * The work may run more than once (deadlocks are retried from the outside, as a whole), so it must do nothing that a
 * rollback cannot undo: no network, no memory. What must happen afterwards is given to `afterCommit`.
 */
export class Database {
  constructor(readonly source: DataSource) {}

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const runner = this.source.createQueryRunner();
      const after: AfterCommit[] = [];
      try {
        await begin(runner);
        runner.data = { after };
        const result = await work(runner.manager);
        await commit(runner);
        for (const task of after) task();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        if (!mayTryAgain(error, attempt)) throw error;
      } finally {
        await runner.release().catch(() => undefined);
      }
    }
  }

  /** A read, or a single statement that is its own transaction. */
  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return rowsOf<Row>(await this.source.query(sql, [...values]));
      } catch (error) {
        if (codeOf(error) !== PLAN_OUTDATED || !mayTryAgain(error, attempt)) throw error;
      }
    }
  }
}

/** Rows of a raw statement, asked of the driver itself: TypeORM's way announces each one to subscribers that we do not have. */
export async function rows<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  if (!tx.queryRunner) return rowsOf<Row>(await tx.query(text, [...values]));
  const client = (await tx.queryRunner.connect()) as PoolClient;
  try {
    return (await client.query(text, [...values])).rows as Row[];
  } catch (error) {
    throw new QueryFailedError(text, [...values], error as Error);
  }
}

/** Runs once the transaction is durable, never after a rollback. It must not throw. */
export function afterCommit(tx: Tx, task: AfterCommit): void {
  const data = tx.queryRunner?.data as { after?: AfterCommit[] } | undefined;
  if (!data?.after) throw new Error('afterCommit needs a transaction opened by Database.transaction');
  data.after.push(task);
}

/** TypeORM answers `[rows, count]` for updates and deletes and plain rows for the rest. */
function rowsOf<Row>(answer: unknown): Row[] {
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') return answer[0] as Row[];
  return answer as Row[];
}

/**
 * `begin` and `commit` go to the driver directly: TypeORM's own announce each of them to subscribers that we do not have,
 * which costs a tenth of `log.append`. The runner is told, so that a repository's `save` joins this transaction and a
 * nested one becomes a savepoint.
 */
async function begin(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect()) as PoolClient;
  await client.query('begin');
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}

async function commit(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect()) as PoolClient;
  await client.query('commit');
  Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
}
