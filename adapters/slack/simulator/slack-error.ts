import type { JsonObject } from './objects.ts';

/** Slack says no: `ok: false` with this code, and whatever documented fields go with it. */
export class SlackError extends Error {
  readonly code: string;
  readonly more: JsonObject;

  constructor(code: string, more: JsonObject = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.more = more;
  }
}
