import * as z from 'zod/mini';

/** What a page of any list says besides its items: ask again with `after` = `next` while there is `more`. Null: nothing came. */
export const goesOn = { next: z.nullable(z.string()), more: z.boolean() };
