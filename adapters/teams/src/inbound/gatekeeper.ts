import type { AdapterContext } from '@musterhq/chat-port';
import { stringOf, type Wire } from '#libs/wire/wire';
import type { TeamsConfig } from '../teams-config.ts';
import { isServiceOf } from '../teams-hosts.ts';
import { KeyRing, NO_KEYS } from './key-ring.ts';
import { claimed, isSealed, sealedToken } from './seal.ts';
import { ISSUER, TokenChecks } from './token-checks.ts';

/** Whether a request is from Teams. `no-keys`: nobody could look, because the keys could not be had. */
export type Verdict = 'genuine' | 'refused' | 'no-keys';

const CHANNEL = 'msteams';

/**
 * Lets in what Teams tells, and nobody else. First what costs nothing: the channel (the bot's other channels have tokens as good as
 * Teams'), the service, and what the token says of itself. Then its key, its signature and its time; and what has passed all that is
 * shown to Microsoft's own checks, which have the last word.
 *
 * Of two requests whose keys are known the first one to come is the first one to be let in. One that names a key which nobody knows
 * yet waits alone: anybody can send such a one.
 */
export class Gatekeeper {
  private readonly ring: KeyRing;
  private readonly checks: TokenChecks;

  constructor(
    private readonly config: TeamsConfig,
    ctx: Pick<AdapterContext, 'fetch' | 'kv' | 'log' | 'now'>,
  ) {
    this.ring = new KeyRing(config.openIdMetadataUrl, ctx);
    this.checks = new TokenChecks(config, this.ring);
  }

  /** Never rejects. Times of tokens are compared with the machine's clock, because Microsoft's checks know no other. */
  async verdict(activity: Wire, authorization: string): Promise<Verdict> {
    const service = stringOf(activity.serviceUrl);
    if (activity.channelId !== CHANNEL || !isServiceOf(this.config, service)) return 'refused';
    const token = sealedToken(authorization);
    if (!token || claimed(token, 'iss') !== ISSUER || claimed(token, 'aud') !== this.config.appId) return 'refused';
    if (claimed(token, 'serviceurl') !== service) return 'refused';
    const key = await this.ring.find(token.kid);
    if (key === NO_KEYS) return 'no-keys';
    if (!key || !isSealed(token, key, CHANNEL, Date.now())) return 'refused';
    try {
      await this.checks.check(authorization, activity);
      return 'genuine';
    } catch {
      return 'refused';
    }
  }

  close(): void {
    this.ring.close();
    this.checks.close();
  }
}
