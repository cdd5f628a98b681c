import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const SEALED = 'v1:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed cannot be opened: MUSTER_SECRET is another one now, or was taken away. */
export class NotOpened extends Error {
  constructor() {
    super('What was kept under another MUSTER_SECRET cannot be read. Start Muster with that one again, or make the secret anew.');
    this.name = 'NotOpened';
  }
}

/**
 * Keeps secrets that have to be read again. With MUSTER_SECRET they are encrypted, each bound to the row that it is in, so
 * that whoever has the database or a backup of it has no use for them. Without, they are kept as they are.
 */
export class Vault {
  private readonly key: Buffer | null;

  constructor(secret: string | undefined) {
    this.key = secret === undefined ? null : Buffer.from(hkdfSync('sha256', secret, '', 'muster vault', 32));
  }

  /** False: there is nothing to seal with, and what is kept lies open. */
  get seals(): boolean {
    return this.key !== null;
  }

  isSealed(kept: string): boolean {
    return kept.startsWith(SEALED);
  }

  seal(text: string, row: string): string {
    if (!this.key) return text;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(row));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return SEALED + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  canOpen(kept: string, row: string): boolean {
    try {
      this.open(kept, row);
      return true;
    } catch (error) {
      if (error instanceof NotOpened) return false;
      throw error;
    }
  }

  /** What was kept before there was a MUSTER_SECRET can still be read. @throws NotOpened */
  open(kept: string, row: string): string {
    if (!this.isSealed(kept)) return kept;
    if (!this.key) throw new NotOpened();
    const bytes = Buffer.from(kept.slice(SEALED.length), 'base64');
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(row)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      throw new NotOpened();
    }
  }
}
