import { parse } from '#src/platform/http/parse';
import { BadRequest } from '#src/platform/http/problems';
import type { From } from './webhooks.service.ts';
import { replayRequest } from './webhooks.types.ts';

const EXAMPLE = { incident: 'INC-1', after: 0 };

/** Where somebody wants it sent again from: one of the two, never both. @throws BadRequest */
export function replayFrom(body: unknown): From {
  const { incident, after, since } = parse(replayRequest, body, EXAMPLE);
  if (incident !== undefined && since === undefined) return { incident, after };
  if (since !== undefined && incident === undefined) return { since: new Date(since) };
  throw new BadRequest('Say either `incident`, with the number `after` which to send again, or `since` when in all incidents.');
}
