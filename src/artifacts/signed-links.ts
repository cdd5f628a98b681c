import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '#src/platform/database/database';
import { LinkNotGood } from './artifacts.errors.ts';

/** Long enough for a slow line to begin, too short to be passed on. */
const LINK_MS = 5 * 60_000;

export interface SignedLink {
  readonly path: string;
  readonly expiresAt: Date;
}

/**
 * Addresses that give the bytes of one file for five minutes. They add to the door and do not stand in for it: whoever
 * follows one must also be somebody who may see the incident.
 */
export class SignedLinks {
  private secret: Promise<Buffer> | null = null;

  constructor(private readonly database: Database) {}

  async make(fileId: string, now = new Date()): Promise<SignedLink> {
    const expires = now.getTime() + LINK_MS;
    return {
      path: `/files/${fileId}?expires=${expires}&signature=${await this.sign(fileId, String(expires))}`,
      expiresAt: new Date(expires),
    };
  }

  /** @throws LinkNotGood */
  async check(fileId: string, expires: unknown, signature: unknown, now = new Date()): Promise<void> {
    if (typeof expires !== 'string' || typeof signature !== 'string') throw new LinkNotGood();
    const right = Buffer.from(await this.sign(fileId, expires));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new LinkNotGood();
    // It was us who wrote the number, so it is one.
    if (Number(expires) <= now.getTime()) throw new LinkNotGood();
  }

  private async sign(fileId: string, expires: string): Promise<string> {
    return createHmac('sha256', await this.known())
      .update(`file\n${fileId.toLowerCase()}\n${expires}`)
      .digest('base64url');
  }

  /** Asked for once; a database that was away is asked again. */
  private known(): Promise<Buffer> {
    this.secret ??= this.read().catch((error: unknown) => {
      this.secret = null;
      throw error;
    });
    return this.secret;
  }

  private async read(): Promise<Buffer> {
    const [row] = await this.database.query<{ secret: Buffer }>('select secret from artifact_link_secret');
    if (!row) throw new Error('The secret for links to files is missing: the database was not migrated.');
    return row.secret;
  }
}
