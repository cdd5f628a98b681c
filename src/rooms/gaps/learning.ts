import type { Attempt, Envelope, Page, Pinned } from '@musterhq/chat-port';
import type { MarkKind } from '../rooms.events.ts';
import type { Gap } from './gap-store.ts';
import type { MarksInHistory, Reading } from './marks-in-history.ts';
import { idsIn, shownIn, tellsAllReactions } from './marks-learnt.ts';

/** What one reading of a gap finds, page by page, and what it could not be told. */
export class Learning {
  private readonly lacking = new Set<MarkKind>();
  private readonly met = new Set<string>();
  private lane: string;

  constructor(
    private readonly marks: MarksInHistory,
    private readonly gap: Gap,
    private readonly room: string,
  ) {
    this.lane = room;
  }

  get untold(): readonly MarkKind[] {
    return [...this.lacking];
  }

  /** What the page holds, and after it the marks that nobody told us of: who handles them knows their messages then. */
  async fromPage(page: Page, askedAt: number): Promise<Envelope[]> {
    for (const id of idsIn(page.envelopes)) this.met.add(id);
    this.lane = page.envelopes[0]?.lane ?? this.lane;
    // The room of an announcement is others', and nobody's marks in it are of interest.
    if (this.gap.thread !== null) return page.envelopes;
    if (page.envelopes.length > 0 && !tellsAllReactions(page)) this.lacking.add('reactions');
    return [...page.envelopes, ...(await this.marks.reactions(this.reading(askedAt), shownIn(page)))];
  }

  /** `pinned` is null where the chat has no such list. */
  async fromPins(pinned: Attempt<Pinned[]> | null, askedAt: number): Promise<Envelope[]> {
    if (pinned?.outcome === 'done') return this.marks.pins(this.reading(askedAt), pinned.value, this.met);
    this.lacking.add('pins');
    return [];
  }

  private reading(at: number): Reading {
    const { id, mirrorId, incidentId, instance, tenant } = this.gap;
    return { mirrorId, incidentId, instance, tenant, room: this.room, lane: this.lane, id: `${id}:${at}`, at };
  }
}
