import type { Inline, RoomRef } from '@musterhq/chat-port';
import type { CallElement, CardMention } from './card.ts';

type Mention = Extract<Inline, { t: 'mention' }>;

/** So many names stand in one element at most: a card is cut between elements. */
const NAMES = 20;
const NAME_CHARS = 60;

/**
 * Whom a message calls by name. Teams notifies people for `<at>…</at>` in a text block that an entity of the card explains, and in no run.
 * A text block is Markdown, in which other people's words would mean something: so those stay in runs, and beneath them stands a line
 * that holds nothing but the names of those who are called. Each is called once a message.
 */
export class Calls {
  private readonly entities = new Map<string, CardMention>();
  private readonly called = new Set<string>();
  private waiting: string[] = [];

  /** Without a room nobody can be called in it. */
  constructor(private readonly room?: RoomRef) {}

  /** False where it is nobody of this tenant. */
  add({ who, name }: Mention): boolean {
    if (typeof who !== 'object' || !('user' in who)) return false;
    if (this.room === undefined || who.adapter !== this.room.adapter || who.tenant !== this.room.tenant) return false;
    if (this.called.has(who.user)) return true;
    const words = this.unused(plain(name ?? ''));
    const text = `<at>${words}</at>`;
    this.called.add(who.user);
    this.entities.set(text, { type: 'mention', text, mentioned: { id: who.user, name: words } });
    this.waiting.push(text);
    return true;
  }

  /** For those that were called since this was asked last. */
  take(): CallElement[] {
    const elements: CallElement[] = [];
    for (let n = 0; n < this.waiting.length; n += NAMES)
      elements.push({
        type: 'TextBlock',
        text: this.waiting.slice(n, n + NAMES).join(' '),
        size: 'Small',
        isSubtle: true,
        wrap: true,
        spacing: 'None',
      });
    this.waiting = [];
    return elements;
  }

  /** What explains the names in this element. */
  explaining({ text }: CallElement): CardMention[] {
    return (text.match(/<at>[^<]*<\/at>/g) ?? []).flatMap((called) => this.entities.get(called) ?? []);
  }

  /** An entity is found by its words: two people of one name have two. */
  private unused(name: string): string {
    for (let n = 1; ; n += 1) {
      const words = n === 1 ? name : `${name} ${n}`;
      if (!this.entities.has(`<at>${words}</at>`)) return words;
    }
  }
}

/** Letters and what stands between them in names: of anything else Markdown, or the tag around it, could make something. */
function plain(name: string): string {
  const letters = name
    .replace(/[^\p{L}\p{M}\p{N} .'’-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return Array.from(letters).slice(0, NAME_CHARS).join('').trim() || 'You';
}
