import { createHash } from 'node:crypto';
import { type AdapterContext, type Attempt, done } from '@musterhq/chat-port';
import type { SlackClient } from './slack-client.ts';
import type { Whose } from './slack-names.ts';

/** Who the bot token belongs to. */
export interface Identity {
  readonly tenant: string;
  readonly team: string;
  readonly url?: string;
  readonly user: string;
  readonly bot?: string;
}
/** `scopes`: what Slack says that the token may, where it says so. */
export interface Learnt extends Identity {
  readonly scopes?: readonly string[];
}
interface AuthTest {
  readonly team_id: string;
  readonly team?: string;
  readonly url?: string;
  readonly user_id: string;
  readonly bot_id?: string;
  /** From a header of the answer. */
  readonly response_metadata?: { readonly scopes?: readonly string[] };
}

/** Kept, because Muster must know its workspace and its own voice also when it starts while Slack is away. */
export class SlackIdentity {
  private known: Identity | undefined;
  private readonly key: string;

  constructor(
    private readonly ctx: AdapterContext,
    private readonly client: SlackClient,
    token: string,
  ) {
    // By token: another token may be another workspace's.
    this.key = `identity:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
  }

  get current(): Identity | undefined {
    return this.known;
  }

  /** What an earlier start learnt. A store that is away or broken means: not known yet. */
  async recall(): Promise<void> {
    try {
      const kept = await this.ctx.kv.get(this.key);
      if (kept && !this.known) this.known = JSON.parse(kept) as Identity;
    } catch (error) {
      this.ctx.log.warn({ error }, 'the workspace kept from the last start could not be read');
    }
  }

  /** Asks Slack who we are. Also the probe for whether Slack is there. */
  async learn(signal: AbortSignal): Promise<Attempt<Learnt>> {
    const answer = await this.client.call<AuthTest>('auth.test', {}, signal);
    if (answer.outcome !== 'done') return answer;

    const { team_id, team, url, user_id, bot_id, response_metadata } = answer.value;
    const identity: Identity = {
      tenant: team_id,
      team: team ?? team_id,
      user: user_id,
      ...(url ? { url } : {}),
      ...(bot_id ? { bot: bot_id } : {}),
    };
    if (JSON.stringify(identity) !== JSON.stringify(this.known)) await this.keep(identity);
    return done({ ...identity, ...(response_metadata?.scopes ? { scopes: response_metadata.scopes } : {}) });
  }

  async ensure(signal: AbortSignal): Promise<Attempt<Identity>> {
    return this.known ? done(this.known) : this.learn(signal);
  }

  whose(tenant: string | undefined, app?: string): Whose {
    const { known } = this;
    return {
      adapter: this.ctx.instance,
      tenant: tenant ?? known?.tenant ?? '',
      me: { ...(known ? { user: known.user } : {}), ...(known?.bot ? { bot: known.bot } : {}), ...(app ? { app } : {}) },
    };
  }

  private async keep(identity: Identity): Promise<void> {
    this.known = identity;
    await this.ctx.kv.set(this.key, JSON.stringify(identity)).catch((error: unknown) => {
      this.ctx.log.warn({ error }, 'the workspace could not be kept for the next start');
    });
  }
}
