import type { Json, JsonObject } from '../objects.ts';
import { SlackError } from '../slack-error.ts';

/** The arguments of one call. Forms carry everything as text, JSON bodies do not: both read the same here. */
export class Args {
  readonly all: JsonObject;

  constructor(all: JsonObject) {
    this.all = all;
  }

  /** Undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.all[name];
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  need(name: string, error = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value === undefined) throw new SlackError(error, { response_metadata: { messages: [`[ERROR] missing required field: ${name}`] } });
    return value;
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name) ?? '');
  }

  /** A whole number from 1 up to `most`; `otherwise` when absent, Slack's refusal when it is something else. */
  limit(otherwise: number, most: number): number {
    const raw = this.text('limit');
    if (raw === undefined) return otherwise;
    const value = Number(raw);
    if (!Number.isInteger(value) || value < 0) throw new SlackError('invalid_limit');
    return value === 0 ? otherwise : Math.min(value, most);
  }

  list(name: string): readonly string[] {
    const value = this.all[name];
    if (Array.isArray(value)) return value.map(String);
    return (this.text(name) ?? '')
      .split(',')
      .map((s) => s.trim())
      .filter((s) => s !== '');
  }

  /** A nested value, whether it came as JSON or as text holding JSON. */
  json(name: string, error: string): Json {
    const value = this.all[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as Json;
    } catch {
      throw new SlackError(error);
    }
  }

  object(name: string, error: string): JsonObject | undefined {
    const value = this.json(name, error);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) throw new SlackError(error);
    return value as JsonObject;
  }
}

/** What a request's body and query say, in whichever of Slack's documented encodings. */
export function readArgs(contentType: string, body: string, query: URLSearchParams): JsonObject {
  const fromQuery = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) {
    if (body.trim() === '') return fromQuery;
    const parsed = parse(body);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SlackError('json_not_object');
    return { ...fromQuery, ...(parsed as JsonObject) };
  }
  if (body === '' || contentType.startsWith('application/x-www-form-urlencoded'))
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
  throw new SlackError('invalid_post_type');
}

function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw new SlackError('invalid_json');
  }
}
