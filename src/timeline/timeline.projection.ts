import type { Projection } from '#src/platform/log/projection.types';
import type { TimelineEvents } from './timeline.events.ts';

/** How what people made of a timeline follows from a room's log. */
export const timelineProjection: Projection<TimelineEvents> = {
  'timeline.entry-added': (tx, { streamId, data: { entryId, text, happenedAt } }) =>
    tx.query('insert into timeline_entry (id, incident_id, text, happened_at) values ($1, $2, $3, $4)', [
      entryId,
      streamId,
      text,
      happenedAt,
    ]),
  'timeline.entry-edited': (tx, { at, data: { entryId, text, happenedAt } }) =>
    tx.query('update timeline_entry set text = $2, happened_at = $3, edited_at = $4 where id = $1', [entryId, text, happenedAt, at]),
  'timeline.item-hidden': (tx, { streamId, data: { itemId, on } }) =>
    on
      ? tx.query('insert into timeline_hidden (incident_id, item_id) values ($1, $2)', [streamId, itemId])
      : tx.query('delete from timeline_hidden where incident_id = $1 and item_id = $2', [streamId, itemId]),
};
