import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import type { TeamsConfig } from '../teams-config.ts';
import { type KeyRing, NO_KEYS } from './key-ring.ts';

/** Who signs what the Bot Connector tells. */
export const ISSUER = 'https://api.botframework.com';

type Documents = Map<string, { getKey(kid: string): Promise<{ key: string; endorsements: string[] } | null> }>;

/**
 * The SDK fetches keys by ways of its own: without end, at each token while they cannot be had, and for the whole process. It keeps
 * them by address; under an address that is none, ours lie, and it fetches nothing. It has no public place for them; should this one
 * be gone, it finds no keys, and nothing comes in.
 */
const documents = (JwtTokenExtractor as unknown as { readonly openIdMetadataCache: Documents }).openIdMetadataCache;

/**
 * Microsoft's own checks of a token, on our keys: signature, endorsement, issuer, audience, time, service address. Of a token that is
 * bad in itself it writes to the console, and one of another kind it takes to other doors; so it is shown those only that pass `seal.ts`.
 */
export class TokenChecks extends CloudAdapter {
  private readonly address: string;

  constructor({ appId, tenantId, loginUrl }: TeamsConfig, ring: KeyRing) {
    const address = `muster:keys:${crypto.randomUUID()}`;
    const credentials = new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not used to check what comes in',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenantId,
    });
    // One of these addresses given means that all have to be.
    const addresses = {
      ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: address,
      ToBotFromEmulatorOpenIdMetadataUrl: address,
      CallerId: 'urn:botframework:azure',
    };
    super(new ConfigurationBotFrameworkAuthentication(addresses, credentials));
    this.address = address;
    documents.set(address, { getKey: (kid) => pemOf(ring, kid) });
  }

  /** Rejects for a bad token. What the activity asks for is done elsewhere: nothing happens here but the checks before it. */
  check(authorization: string, activity: object): Promise<unknown> {
    return this.processActivity(authorization, { ...activity } as Activity, () => Promise.resolve());
  }

  close(): void {
    documents.delete(this.address);
  }
}

async function pemOf(ring: KeyRing, kid: string): Promise<{ key: string; endorsements: string[] } | null> {
  const found = await ring.find(kid);
  if (found === undefined || found === NO_KEYS) return null;
  return { key: found.key.export({ type: 'spki', format: 'pem' }).toString(), endorsements: [...found.endorsements] };
}
