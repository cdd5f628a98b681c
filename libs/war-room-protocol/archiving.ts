import * as z from 'zod/mini';

export const LONGEST_ARCHIVE_DAYS = 365;

/** When the rooms of what is over are archived in the chats. `days` after it is over and the last that anybody did in it; null: never. */
export const archiveRule = z.object({ days: z.nullable(z.int().check(z.minimum(1), z.maximum(LONGEST_ARCHIVE_DAYS))) });
export type ArchiveRule = z.infer<typeof archiveRule>;
