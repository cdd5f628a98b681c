import type { Attempt, Content, Fault, UserRef } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { NoticeContent } from './notifications.types.ts';
import type { OpenWay, Outcome, ToTell } from './open-way.types.ts';

/** Chats answer within a second or two, or they are in trouble. */
const CALL_MS = 10_000;
/** A look of the detector comes every quarter of a minute. */
const PROVEN_MS = 60_000;
/** The chat does not say this of one person. */
const OF_ALL: ReadonlySet<Fault['code']> = new Set(['auth', 'rate-limited', 'unavailable', 'timeout', 'protocol', 'unsupported']);

/** Those in which people can be written to alone, pretend ones left out. */
export const chatsToWriteIn = (chats: Pick<Chats, 'all'>): Chat[] =>
  chats.all().filter(({ pretend, adapter }) => !pretend && adapter.people?.direct !== undefined);

/** An account as an address; the workspace has no slash in its name. */
function readAccount(adapter: string, address: string): UserRef {
  const [tenant = '', ...user] = address.split('/');
  return { adapter, tenant, user: user.join('/') };
}

/**
 * Another chat than the one that is down: each is told there by a message that nobody else reads. It is tried out by what the
 * detector sees of it anyway, a message of Muster's own that is changed and heard of: nobody is written to for that.
 */
export class ChatWay implements OpenWay {
  readonly sideBySide = 5;

  constructor(
    private readonly chat: Chat,
    private readonly database: Database,
  ) {}

  async tell({ id, address, part, content }: ToTell, stop: AbortSignal): Promise<Outcome> {
    const { people, messages } = this.chat.adapter;
    const signal = AbortSignal.any([AbortSignal.timeout(CALL_MS), stop]);
    try {
      const found = await people?.direct?.(readAccount(this.chat.id, address), signal);
      if (found === undefined) return this.trouble('Nobody can be written to alone there.');
      if (found.outcome !== 'done') return this.outcomeOf(found);
      const { parts } = messages.render(contentOf(content, part), found.value);
      for (const [n, one] of parts.entries()) {
        const sent = await messages.send({ key: `${id}.${n}`, room: found.value, part: one }, signal);
        if (sent.outcome !== 'done') return this.outcomeOf(sent);
      }
      return { to: 'told' };
    } catch {
      return this.trouble('It did not answer in a way that Muster understands.');
    }
  }

  async tryOut(): Promise<{ outcome: Outcome; proves: boolean }> {
    const seen = await this.database.query<{ state: string; provenAt: string | null; now: Date }>(
      `select h.state, h.detector ->> 'provenAt' as "provenAt", clock_timestamp() as now
         from chat_tenant t join surface_health h using (instance, tenant) where t.instance = $1`,
      [this.chat.id],
    );
    const well = seen.filter(({ state }) => state === 'ok');
    if (well.length === 0) return { outcome: this.trouble('It is not relied on at the moment. Look at /adapters.'), proves: false };
    return { outcome: { to: 'told' }, proves: well.some(({ provenAt, now }) => Number(provenAt) > now.getTime() - PROVEN_MS) };
  }

  close(): void {}

  /** What nobody knows the end of is told again: twice is better than never. */
  private outcomeOf({ outcome, fault }: Exclude<Attempt<unknown>, { outcome: 'done' }>): Outcome {
    const problem = fault.detail ?? `It answered "${fault.native ?? fault.code}".`;
    if (outcome === 'refused' && !OF_ALL.has(fault.code)) return { to: 'refused', problem: `${this.chat.name}: ${problem}` };
    return { ...this.trouble(problem), ...(fault.retryAfterMs === undefined ? {} : { afterMs: fault.retryAfterMs }) };
  }

  private trouble(problem: string): Extract<Outcome, { to: 'later' }> {
    return { to: 'later', of: 'way', problem: `${this.chat.name}: ${problem}` };
  }
}

function contentOf({ title, paragraphs, links }: NoticeContent, part: ToTell['part']): Content {
  return {
    summary: title,
    tone: part === 'begun' ? 'warn' : 'ok',
    blocks: [
      { t: 'p', c: [{ t: 'strong', c: [{ t: 'text', v: title }] }] },
      ...paragraphs.map((v) => ({ t: 'p' as const, c: [{ t: 'text' as const, v }] })),
      ...links.map(({ text, href }) => ({ t: 'p' as const, c: [{ t: 'link' as const, href, c: [{ t: 'text' as const, v: text }] }] })),
    ],
  };
}
