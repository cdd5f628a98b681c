import type { IncidentView } from '#libs/war-room-protocol/views';

/** By severity, then the one that has been going on longest. */
export function worstFirst(incidents: readonly IncidentView[]): readonly IncidentView[] {
  return [...incidents].sort((a, b) => a.severity.localeCompare(b.severity) || a.declaredAt.localeCompare(b.declaredAt));
}
