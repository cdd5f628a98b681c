import * as z from 'zod/mini';
import { incidentView } from './views.ts';
import { person, surface } from './vocabulary.ts';

/** Words as they were written. Each mark is where something asked for begins and ends, in UTF-16 units, in order. */
export const excerpt = z.object({
  in: z.enum(['title', 'summary', 'learned', 'message', 'update', 'entry', 'file']),
  text: z.string(),
  marks: z.array(z.tuple([z.number(), z.number()])),
});
export type Excerpt = z.infer<typeof excerpt>;

/** An incident, or something in its room: then `seq` is its place there. */
export const searchResult = z.object({
  incident: z.pick(incidentView, {
    id: true,
    number: true,
    url: true,
    title: true,
    severity: true,
    status: true,
    category: true,
    isPrivate: true,
    declaredAt: true,
  }),
  seq: z.nullable(z.number()),
  at: z.string(),
  by: z.nullable(person),
  via: z.nullable(surface),
  excerpts: z.array(excerpt),
});
export type SearchResult = z.infer<typeof searchResult>;

/**
 * `GET /api/v1/search?q=WORDS&after=NEXT`: incidents first, then what was said, the newest incidents first. Ask again with
 * `after` while there is a `next`.
 */
export const searchPage = z.object({
  results: z.array(searchResult),
  next: z.nullable(z.string()),
  /** Nothing has these words as they are spelled: shown is what is spelled nearly so. */
  isNearly: z.boolean(),
  /** False where the database cannot tell what is spelled alike. */
  forgivesTypingErrors: z.boolean(),
});
export type SearchPage = z.infer<typeof searchPage>;

export const searchChars = 200;
