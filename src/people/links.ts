import type { Database } from '#src/platform/database/database';
import { LinkNotUsable } from './people.errors.ts';
import { type Purpose, peekLink } from './sign-in-links.ts';

/** Links that open a door, for those who only need to know whether one is good. */
export class Links {
  constructor(private readonly database: Database) {}

  /** @throws LinkNotUsable */
  async mustBe(token: string, purpose: Purpose): Promise<void> {
    if ((await peekLink(this.database, token)) !== purpose) throw new LinkNotUsable();
  }
}
