import { roleChangeOf } from '#libs/war-room-protocol/roles';
import { isNudged, UPDATE } from '#libs/war-room-protocol/waiting';
import { isIncidentEvent } from '#src/incidents/incidents.events';
import type { Tx } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { isUpdateEvent } from '#src/updates/updates.events';

/**
 * A nudge that waits for its chat is not said any more when somebody has answered it, when a newer one asks the same, or
 * when there is nothing any more that it could ask about. One that the chat has refused for now is not there, and waits too.
 */
export async function cancelOvertakenNudges(tx: Tx, event: LoggedEvent): Promise<void> {
  const about = answeredBy(event);
  if (about === null && !isOver(event)) return;
  await tx.query(
    `update delivery d set status = 'canceled', ended_at = clock_timestamp() from mirror m, event e
      where m.incident_id = $1 and d.mirror_id = m.id and d.operation = 'send' and d.status = 'pending' and d.position < $2
        and e.stream_id = $1 and e.seq = d.position and e.type = 'nudge.given' and ($3::text is null or e.data ->> 'about' = $3)`,
    [event.streamId, event.seq, about],
  );
}

function isOver(event: LoggedEvent): boolean {
  if (isIncidentEvent(event, 'incident.status-changed')) return event.data.category !== 'active';
  if (isIncidentEvent(event, 'incident.kind-changed')) return !isNudged(event.data.to);
  return ['incident.resolved', 'incident.declined', 'incident.merged'].includes(event.type);
}

function answeredBy(event: LoggedEvent): string | null {
  if (isUpdateEvent(event, 'update.shared')) return UPDATE;
  if (isUpdateEvent(event, 'nudge.given') || isUpdateEvent(event, 'nudge.snoozed') || isUpdateEvent(event, 'nudge.skipped'))
    return event.data.about;
  const change = roleChangeOf(event);
  return change?.to ? change.role : null;
}
