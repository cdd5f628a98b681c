/** Deadlock and serialisation failure: PostgreSQL undid everything and asks for the whole transaction again. */
export const UNDONE: ReadonlySet<string> = new Set(['40P01', '40001']);

/** PostgreSQL's five-character code, wherever TypeORM put it. */
export function codeOf(error: unknown): string | undefined {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
}

/** What we said was no sentence of the protocol: our fault, and so again the next time. */
const PROTOCOL_VIOLATION = '08P01';
const LOST = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/** Our connection to PostgreSQL ended, or PostgreSQL did: nothing about what was asked of it. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  if (code === PROTOCOL_VIOLATION) return false;
  if (code.startsWith('08') || code.startsWith('57P') || LOST.includes(code)) return true;
  return error instanceof Error && /connection terminated|connection error|not queryable|connection ended/i.test(error.message);
}

/** The violated constraint, if that is what went wrong. */
export function constraintOf(error: unknown): string | undefined {
  return (error as { driverError?: { constraint?: string } }).driverError?.constraint;
}

/** A lock that nobody gave in time, a statement that took too long, and no room for more. */
const LOCK_NOT_GIVEN = '55P03';
const STATEMENT_ENDED = '57014';
const NO_ROOM = '53';

/** Others had the lock, or there was no room: whatever was asked, the same would have been said. */
export function isTooBusy(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return code === LOCK_NOT_GIVEN || code.startsWith(NO_ROOM) || UNDONE.has(code) || isNoTurn(error);
}

/** No answer in time, which may be the statement's own fault. */
export const isTooSlow = (error: unknown): boolean =>
  codeOf(error) === STATEMENT_ENDED || (error instanceof Error && /query read timeout/i.test(error.message));

/** Every connection was in use for too long. */
const isNoTurn = (error: unknown): boolean => error instanceof Error && /timeout exceeded when trying to connect/i.test(error.message);
