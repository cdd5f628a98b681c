import type { DataSource, EntityManager } from 'typeorm';

/** An open transaction. A method that takes one joins it; a method that takes none opens its own. */
export type Tx = EntityManager;

type AfterCommit = () => void;

/** Deadlock and serialisation failure: PostgreSQL undid everything and asks for the whole transaction again. */
const AGAIN = new Set(['40P01', '40001']);
const TRIES = 4;

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
        await runner.connect();
        await runner.startTransaction();
        runner.data = { after };
        const result = await work(runner.manager);
        await runner.commitTransaction();
        for (const task of after) task();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        if (attempt >= TRIES || !AGAIN.has(codeOf(error) ?? '')) throw error;
      } finally {
        await runner.release().catch(() => undefined);
      }
    }
  }

  /** A read, or a single statement that is its own transaction. */
  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return rowsOf<Row>(await this.source.query(sql, [...values]));
  }
}

/** Rows of a raw statement. TypeORM answers `[rows, count]` for updates and deletes and plain rows for the rest. */
export async function rows<Row>(tx: Tx, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return rowsOf<Row>(await tx.query(sql, [...values]));
}

/** Runs once the transaction is durable, never after a rollback. It must not throw. */
export function afterCommit(tx: Tx, task: AfterCommit): void {
  const data = tx.queryRunner?.data as { after?: AfterCommit[] } | undefined;
  if (!data?.after) throw new Error('afterCommit needs a transaction opened by Database.transaction');
  data.after.push(task);
}

/** PostgreSQL's five-character code, wherever TypeORM put it. */
export function codeOf(error: unknown): string | undefined {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
}

/** The violated constraint, if that is what went wrong. */
export function constraintOf(error: unknown): string | undefined {
  return (error as { driverError?: { constraint?: string } }).driverError?.constraint;
}

function rowsOf<Row>(answer: unknown): Row[] {
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') return answer[0] as Row[];
  return answer as Row[];
}
