import type * as z from 'zod/mini';
import { BadRequest } from './problems.ts';

/** Checks what came from outside, once, at the door. @throws BadRequest naming every field that is wrong */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 5).map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new BadRequest(`${problems.join('. ')}. Correct it and send it again.`);
}
