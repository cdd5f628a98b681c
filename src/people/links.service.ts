import type { Database } from '#src/platform/database/database';
import { LinkNotUsable, PracticeLinkNotUsable } from './people.errors.ts';
import { type Purpose, createLink, peekLink } from './sign-in-links.ts';

/** Links that open a door, for those who hand one out or need to know whether one is good. */
export class Links {
  constructor(private readonly database: Database) {}

  /** A fresh one; the answer is its token, which is kept nowhere. */
  create(purpose: Purpose): Promise<string> {
    return createLink(this.database, purpose);
  }

  /** @throws PracticeLinkNotUsable */
  async mustBeForPractice(token: string): Promise<void> {
    const purpose = await peekLink(this.database, token).catch((error: unknown) => {
      if (error instanceof LinkNotUsable) return null;
      throw error;
    });
    if (purpose !== 'practice') throw new PracticeLinkNotUsable();
  }
}
