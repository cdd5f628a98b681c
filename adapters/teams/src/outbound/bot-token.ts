import { type Attempt, type AdapterContext, done, refused } from '@musterhq/chat-port';
import { faultOf, lostCall, noToken } from '../teams-faults.ts';
import type { TeamsConfig } from '../teams-config.ts';
import { stringOf, wireOf } from '#libs/wire/wire';

const BOT_SCOPE = 'https://api.botframework.com/.default';
/** A token that ends within this is not taken for a call any more. */
const MARGIN_MS = 300_000;

/**
 * The token with which the bot speaks: asked for by the core's own way out and with the call's signal, which Microsoft's library
 * would do by ways of its own. Kept until shortly before it ends; calls that need one at the same moment may each ask.
 */
export class BotToken {
  private kept: { token: string; until: number } | undefined;

  constructor(
    private readonly config: Pick<TeamsConfig, 'appId' | 'tenantId' | 'loginUrl'>,
    private readonly secret: string,
    private readonly ctx: Pick<AdapterContext, 'fetch' | 'now'>,
    /** What the token is good for: speaking, unless told. */
    private readonly scope = BOT_SCOPE,
  ) {}

  async get(signal: AbortSignal): Promise<Attempt<string>> {
    if (this.kept && this.kept.until > this.ctx.now()) return done(this.kept.token);
    try {
      return await this.ask(signal);
    } catch (error) {
      const lost = lostCall(error, signal);
      return lost.outcome === 'unknown' ? refused(lost.fault) : lost;
    }
  }

  /** The next call asks for a new one. */
  forget(): void {
    this.kept = undefined;
  }

  private async ask(signal: AbortSignal): Promise<Attempt<string>> {
    const { appId, tenantId, loginUrl } = this.config;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: appId, client_secret: this.secret, scope: this.scope });
    const response = await this.ctx.fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body,
      // The secret goes to this address and to no other.
      redirect: 'error',
      signal,
    });
    const answer = wireOf(await response.json().catch(() => undefined));
    const token = stringOf(answer.access_token);
    if (response.ok && token !== undefined) {
      this.kept = { token, until: this.ctx.now() + Number(answer.expires_in ?? 0) * 1_000 - MARGIN_MS };
      return done(token);
    }
    if (response.status === 400 || response.status === 401) return noToken(stringOf(answer.error) ?? String(response.status));
    const failed = faultOf(response.status, answer, response.headers.get('retry-after'));
    return failed.outcome === 'unknown' ? refused(failed.fault) : failed;
  }
}
