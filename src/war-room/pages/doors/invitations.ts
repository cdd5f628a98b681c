import type { Links } from '#src/people/links.service';

export interface Invitation {
  readonly url: string;
  readonly expiresAt: string;
}

/** As long as the links themselves are good for. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1_000;

export class Invitations {
  constructor(private readonly links: Links) {}

  /** A fresh link for one person, at this address of ours, good for a day. It is shown once: only its hash is kept. */
  async make(address: string): Promise<Invitation> {
    const expiresAt = new Date(Date.now() + GOOD_FOR_MS).toISOString();
    const token = await this.links.create('invitation');
    return { url: new URL(`/sign-in/${token}`, address).href, expiresAt };
  }
}
