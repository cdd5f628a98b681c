/** What a log line says of an error. */
export interface DescribedError {
  readonly name: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly says?: string;
  readonly at?: readonly string[];
  readonly cause?: DescribedError;
}

const FRAMES = 8;
/** PostgreSQL's classes whose messages speak of the schema, the server or the connection, and never hold a value that was sent. */
const VALUE_FREE = new Set(['08', '25', '28', '40', '42', '53', '55', '57']);

/**
 * An error without its words: they may quote what people wrote (a value that the database refused, JSON that does not
 * parse, a platform's answer). Its kind, its code and where it was thrown find a fault as well. A text instead of an error
 * is words only, and nothing of it is kept.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error === 'object' ? 'Object' : typeof error };
  const { driverError } = error as { driverError?: unknown };
  const { code, constraint, message } = (driverError instanceof Error ? driverError : error) as Error & {
    code?: unknown;
    constraint?: unknown;
  };
  return {
    name: nameOf(error),
    ...(isWord(code) ? { code } : {}),
    ...(isWord(constraint) ? { constraint } : {}),
    ...(isWord(code) && code.length === 5 && VALUE_FREE.has(code.slice(0, 2)) ? { says: message.slice(0, 200) } : {}),
    ...framesOf(error),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** Codes and names of constraints are words without spaces; a sentence in their place is not kept. */
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,63}$/.test(value);

const nameOf = ({ name, constructor }: Error): string => (isWord(name) ? name : constructor.name);

/** Lines of the stack that name a place. The message stands before them, in as many lines as it has. */
function framesOf({ stack, message }: Error): { at?: readonly string[] } {
  const after = stack?.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : (stack ?? '');
  const at = after
    .split('\n')
    .flatMap((line) => /^ {4}at ((?:async )?(?:[\w$.<>[\] ]+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n]*)$/.exec(line)?.[1] ?? []);
  return at.length > 0 ? { at: at.slice(0, FRAMES) } : {};
}
