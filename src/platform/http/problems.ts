import { ZodError } from 'zod';
import { isConnectionLost, isTooBusy, isTooSlow } from '#src/platform/database/database-errors';
import { TooDeep } from './json-depth.ts';

/** RFC 9457. `detail` says what happened and what to do next. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** To be given to whoever runs Muster: every line of the log about this request has it. */
  readonly trace?: string;
}

type ErrorKind = new (...args: never[]) => Error;

const statusOf = new Map<ErrorKind, number>();

/** Each capability says once which of its errors are a request's fault, and how HTTP calls that. */
export function mapErrors(status: number, ...kinds: readonly ErrorKind[]): void {
  for (const kind of kinds) statusOf.set(kind, status);
}

/** The request itself is at fault. The message is for whoever sent it. */
export class BadRequest extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'BadRequest';
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof BadRequest) return problem(error.status, 'Request not usable', error.message);
  for (const [kind, status] of statusOf) if (error instanceof kind) return problem(status, spaced(error.name), error.message);
  if (error instanceof ZodError)
    return problem(
      400,
      'Request not usable',
      `${error.issues.map(({ path, message }) => [...path, message].join(': ')).join('. ')}. Correct it and send it again.`,
    );
  const parsing = bodyProblem(error);
  if (parsing) return parsing;
  if (isHttp(error)) return problem(error.status, 'Request not usable', error.message);
  if (isDatabaseAway(error)) {
    return problem(503, 'Not available', 'The database does not answer. Nothing was changed. Send the same request again in a moment.');
  }
  return problem(500, 'Our fault', 'Muster made a mistake. Nothing was changed. Try again; if it stays, look into the log for its trace.');
}

/** True when the fault is ours and belongs into the log. */
export const isOurs = ({ status }: Problem): boolean => status >= 500;

const problem = (status: number, title: string, detail: string): Problem => ({ type: 'about:blank', title, status, detail });

/** "NotSignedIn" → "Not signed in": every title is a few words, the first with a capital. */
const spaced = (name: string): string =>
  name
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^\w/, (c) => c.toUpperCase());

/** What the body parser refuses, by its own `type`. */
function bodyProblem(error: unknown): Problem | null {
  if (error instanceof TooDeep) return problem(400, 'Request not usable', error.message);
  const { type } = error as { type?: string };
  if (type === 'entity.too.large') return problem(413, 'Too large', 'The body is larger than 1 MiB. Send less, or a link to it.');
  if (type === 'entity.parse.failed')
    return problem(400, 'Request not usable', 'The body is not valid JSON. Check quotes and commas and send it again.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return problem(415, 'Request not usable', 'Send the body as UTF-8 JSON without compression.');
  return null;
}

function isHttp(error: unknown): error is { status: number; message: string } {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}

const isDatabaseAway = (error: unknown): boolean => isConnectionLost(error) || isTooBusy(error) || isTooSlow(error);
