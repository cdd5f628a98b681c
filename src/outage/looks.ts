import type { Chat } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';
import { Canary } from './canary.ts';
import type { Look, Sent } from './outage.types.ts';
import { Unheard } from './unheard.ts';

type Kind = 'send' | 'post';
const KINDS: readonly Kind[] = ['send', 'post'];

/** What people said and no event brought counts after so many times what an echo may take. */
const UNHEARD_AFTER = 3;

/** The looks under way in this process. How each ended is lost with it, and then the look is not counted. */
export class Looks {
  private readonly canary: Canary;
  private readonly unheard: Unheard;
  private readonly sent = new Map<string, { readonly nonce: string; readonly how: Sent }>();
  private readonly sending = new Set<Promise<void>>();

  constructor(
    database: Database,
    private readonly log: Log,
  ) {
    this.canary = new Canary(database);
    this.unheard = new Unheard(database);
  }

  /** After it was written down. Ends by itself, when the signal does or after `echoMs`. */
  begin(chat: Chat, tenant: string, { nonce }: Look, kind: Kind, echoMs: number, stopping: AbortSignal): void {
    const signal = AbortSignal.any([AbortSignal.timeout(echoMs), stopping]);
    const sending = this.canary[kind](chat, tenant, nonce, signal)
      .then((how) => this.withUnheard(chat, tenant, how, echoMs, signal))
      .then((how) => {
        if (how.t === 'impossible') this.log.warn({ instance: chat.id, tenant, why: how.why }, 'chat cannot be looked at');
        this.sent.set(`${keyOf({ instance: chat.id, tenant })}/${kind}`, { nonce, how });
      })
      .finally(() => this.sending.delete(sending));
    this.sending.add(sending);
  }

  sentOf(surface: Surface, look: Look | null): Sent | null {
    const latest = KINDS.map((kind) => this.sent.get(`${keyOf(surface)}/${kind}`)).find((sent) => sent?.nonce === look?.nonce);
    return latest?.how ?? null;
  }

  async ended(): Promise<void> {
    await Promise.all(this.sending);
  }

  /** A look without an echo proves nothing of what we are told: with each that is good that is looked for too. */
  private async withUnheard(chat: Chat, tenant: string, how: Sent, echoMs: number, signal: AbortSignal): Promise<Sent> {
    if (how.t !== 'proven') return how;
    const unheard = await this.unheard.find(chat, tenant, UNHEARD_AFTER * echoMs, signal).catch((error: unknown) => {
      this.log.warn({ instance: chat.id, tenant, error }, 'what was said in a chat could not be compared');
      return null;
    });
    return unheard ? { ...how, unheard } : how;
  }
}

const keyOf = ({ instance, tenant }: Surface): string => `${instance}/${tenant}`;
