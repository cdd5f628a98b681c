import type { Content, RoomRef } from '@musterhq/chat-port';
import type { Chats } from '#src/platform/chats/chats';
import { storable } from '#src/platform/database/storable';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';

const ASK_MS = 1_500;
const KEPT_MS = 3_600_000;
const UNKNOWN_KEPT_MS = 600_000;
const MOST_KEPT = 5_000;
const NAME_CHARS = 80;

type Thing = { readonly group: string } | { readonly room: RoomRef };

/**
 * How chats call the groups and rooms that people mention: ids mean nothing outside of their chat. Asked when they are met, and
 * kept for a while in this process.
 */
export class CalledInChats {
  private readonly known = new Map<string, { readonly name: string | null; readonly until: number }>();

  constructor(
    private readonly chats: Pick<Chats, 'get'>,
    private readonly work: Work = ALL_ON,
    private readonly now: () => number = Date.now,
  ) {}

  /** Asks for what is mentioned here, for a moment at most. Network: never call it inside a transaction. */
  async learn(where: RoomRef, content: Content): Promise<void> {
    const mentioned: Thing[] = [];
    each(content.blocks, (thing) => {
      mentioned.push(thing);
      return null;
    });
    const unknown = new Map(mentioned.map((thing) => [keyOf(where, thing), thing]));
    for (const [key, thing] of unknown) if ((this.known.get(key)?.until ?? 0) <= this.now()) this.keep(key, await this.ask(where, thing));
  }

  /** With each by its name, in words. One without a name that everybody may read is "a group" or "a channel". */
  named(where: RoomRef, content: Content): Content {
    const blocks = each(content.blocks, (thing) => {
      const name = this.known.get(keyOf(where, thing))?.name ?? null;
      const v = 'group' in thing ? (name === null ? 'a group' : `@${name}`) : name === null ? 'a channel' : `#${name}`;
      return { t: 'text', v };
    });
    return { ...content, blocks: blocks as Content['blocks'] };
  }

  private async ask({ adapter, tenant }: RoomRef, thing: Thing): Promise<string | null> {
    const people = this.chats.get(adapter)?.adapter.people;
    const called = people?.called?.bind(people);
    if (!called || !this.work.isOn('profiles')) return null;
    const answer = await called(thing, tenant, AbortSignal.timeout(ASK_MS)).catch(() => null);
    const name = answer?.outcome === 'done' ? storable(answer.value ?? '').trim() : '';
    return name === '' ? null : name.slice(0, NAME_CHARS);
  }

  private keep(key: string, name: string | null): void {
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, { name, until: this.now() + (name === null ? UNKNOWN_KEPT_MS : KEPT_MS) });
  }
}

const keyOf = ({ adapter, tenant }: RoomRef, thing: Thing): string =>
  `${adapter}/${tenant}/${'group' in thing ? `@${thing.group}` : `#${thing.room.room}`}`;

/** The same content, with what `instead` gives in the place of each group and room; null leaves it. */
function each(node: unknown, instead: (thing: Thing) => unknown): unknown {
  if (Array.isArray(node)) return node.map((one) => each(one, instead));
  if (typeof node !== 'object' || node === null) return node;
  const { t, who, ref } = node as { t?: unknown; who?: unknown; ref?: RoomRef };
  if (t === 'room' && ref) return instead({ room: ref }) ?? node;
  if (t === 'mention' && typeof who === 'object' && who !== null && 'group' in who) return instead(who as { group: string }) ?? node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, each(value, instead)]));
}
