import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { TeamsConfig } from '../teams-config.ts';
import type { Wire } from '#libs/wire/wire';

/** Whether a request is from Teams. `no-keys`: nobody could look, because the keys could not be had. */
export type Verdict = 'genuine' | 'refused' | 'no-keys';

/** How long the keys are waited for: Teams itself waits fifteen seconds, and the SDK for ever. */
const PATIENCE_MS = 10_000;

/**
 * Microsoft's own checks of a token: its signature and key, the channel that the key is endorsed for, issuer, audience, time and
 * service address. The bot's other channels have tokens as good as Teams': they are told apart by the channel and by the host of
 * the service. One request is looked at after the other, so that the one for which the keys are fetched is not overtaken.
 */
export class Gatekeeper {
  private readonly checks: TokenChecks;
  private readonly serviceHost: string;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    { appId, tenantId, serviceUrl, loginUrl, openIdMetadataUrl }: TeamsConfig,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.serviceHost = new URL(serviceUrl).host;
    const credentials = new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not used to check what comes in',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenantId,
    });
    // One of these addresses given means that all have to be.
    const addresses = {
      ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: 'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
      CallerId: 'urn:botframework:azure',
    };
    this.checks = new TokenChecks(new ConfigurationBotFrameworkAuthentication(addresses, credentials));
  }

  /** Never rejects. */
  verdict(activity: Wire, authorization: string): Promise<Verdict> {
    if (activity.channelId !== 'msteams' || hostOf(activity.serviceUrl) !== this.serviceHost) return Promise.resolve('refused');
    const looked = this.last.then(() => this.inTime(this.look({ ...activity }, authorization)));
    this.last = looked;
    return looked;
  }

  /** The request for the keys goes on, and may serve the next one; this one is not kept waiting, nor those behind it. */
  private async inTime(looking: Promise<Verdict>): Promise<Verdict> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Verdict>((resolve) => (timer = setTimeout(() => resolve('no-keys'), this.patienceMs)));
    return Promise.race([looking, late]).finally(() => clearTimeout(timer));
  }

  private async look(activity: object, authorization: string): Promise<Verdict> {
    try {
      await this.checks.check(authorization, activity as Activity);
      return 'genuine';
    } catch (error) {
      return isAboutKeys(error) ? 'no-keys' : 'refused';
    }
  }
}

class TokenChecks extends CloudAdapter {
  /** What the activity asks for is done elsewhere: nothing happens here but the checks before it. */
  check(authorization: string, activity: Activity): Promise<unknown> {
    return this.processActivity(authorization, activity, () => Promise.resolve());
  }
}

/** The SDK tells a document that could not be fetched from a bad token by this number only, and a connection by the error's kind. */
function isAboutKeys(error: unknown): boolean {
  const { statusCode, name } = error as { statusCode?: unknown; name?: unknown };
  return statusCode === 500 || name === 'FetchError';
}

const hostOf = (url: unknown): string | undefined => (typeof url === 'string' && URL.canParse(url) ? new URL(url).host : undefined);
