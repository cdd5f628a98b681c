export interface TimelineEntry {
  /** The id of the event that added it. */
  readonly entryId: string;
  readonly text: string;
  /** When it happened, which is not when it was written down. ISO 8601, UTC. */
  readonly happenedAt: string;
}

export interface TimelineItemHidden {
  /** The id of the event that stands on the timeline. */
  readonly itemId: string;
  readonly on: boolean;
}

/** What the timeline announces, by type. */
export interface TimelineEvents {
  'timeline.entry-added': TimelineEntry;
  'timeline.entry-edited': TimelineEntry;
  'timeline.item-hidden': TimelineItemHidden;
}
