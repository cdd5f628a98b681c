import type { Incidents } from '#src/incidents/incidents.service';
import type { Privacy } from '#src/incidents/privacy.service';
import type { Triage } from '#src/incidents/triage.service';
import { type Visibility, viewerOf } from '#src/incidents/visibility.queries';
import { type Handlers, seqOf } from './handlers.ts';

/** What the incident is, and how it goes on. */
export const incidentCommands = (
  incidents: Incidents,
): Handlers<'severity' | 'status' | 'resolve' | 'reopen' | 'rename' | 'summary' | 'kind'> => ({
  severity: (tx, { id, by, requestId }, { to, reason }) => seqOf(incidents.changeSeverity(tx, id, to, by, requestId, reason)),
  status: async (tx, { id, by, requestId }, { to }) => {
    const changed = await incidents.changeStatus(tx, id, to, by, requestId);
    return { seq: changed.seq, ...((await incidents.opened(tx, changed)) ? { say: `Reopened: the status is ${to}.` } : {}) };
  },
  resolve: (tx, { id, by, requestId }, { learned }) => seqOf(incidents.resolve(tx, id, learned, by, requestId)),
  reopen: (tx, request) => seqOf(incidents.reopen(tx, request)),
  rename: (tx, request, { title }) => seqOf(incidents.rename(tx, request, title)),
  summary: (tx, request, { summary }) => seqOf(incidents.summarise(tx, request, summary)),
  kind: (tx, request, { to }) => seqOf(incidents.changeKind(tx, request, to)),
});

/** Whether it is one, and who sees it. */
export const triageCommands = (
  triage: Triage,
  privacy: Privacy,
  visibility: Visibility,
): Handlers<'accept' | 'decline' | 'merge' | 'privacy'> => ({
  accept: (tx, request) => seqOf(triage.accept(tx, request)),
  decline: (tx, request, { reason }) => seqOf(triage.decline(tx, request, reason)),
  merge: async (tx, request, { into }) =>
    seqOf(triage.merge(tx, request, await visibility.named(tx, into, await viewerOf(tx, request.by.person.id)))),
  privacy: (tx, request, body) => seqOf(privacy.set(tx, request, body.private)),
});
