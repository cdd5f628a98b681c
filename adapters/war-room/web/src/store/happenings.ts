import type { RoomEvent } from '#libs/war-room-protocol/events';
import {
  announcedWords,
  announcementRemovedWords,
  askedToAnnounceWords,
  notAnnouncedWords,
  withdrawnWords,
} from '#libs/war-room-protocol/announcements';
import {
  archivedWords,
  archivingWords,
  audienceWords,
  cardRemovedWords,
  catchingUpWords,
  letInWords,
  parkedWords,
  shutOutWords,
  topicWords,
  unkeptWords,
} from '#libs/war-room-protocol/mirrors';
import { notRecovered } from '#libs/war-room-protocol/not-recovered';
import { accountsJoinedWords, joinedWords, leftWords, stuckWords, teamAddedWords } from '#libs/war-room-protocol/participants';
import { LEAD, type RoleChange, roleSentence } from '#libs/war-room-protocol/roles';
import { sayAgainWords } from '#libs/war-room-protocol/say-again';
import { askedWords, nudgeWords } from '#libs/war-room-protocol/updates';
import { viaWords } from '#libs/war-room-protocol/via-words';
import { kindLabel, type Person, type SeverityName, type StatusName } from '#libs/war-room-protocol/vocabulary';

/** A sentence with the words that matter marked. `html` is what somebody wrote, made and cleaned by the server. */
export type Sentence = readonly (string | { readonly strong: string } | { readonly html: string })[];

/** How an event of the room reads to a responder. `turn` is a change of the incident itself, `note` is about the room. */
export interface Happening {
  readonly weight: 'turn' | 'note';
  readonly sentence: Sentence;
}

const levels: Record<SeverityName, number> = { SEV1: 3, SEV2: 2, SEV3: 1 };

export function statusLabel(status: StatusName): string {
  return (status.slice(0, 1).toUpperCase() + status.slice(1)).replaceAll('-', ' ');
}

/** Undefined for messages and for what nobody needs to read. `clock` writes a time as the reader wants it. */
export function happening(event: RoomEvent, clock: (iso: string) => string): Happening | undefined {
  // From where, unless it is from here: an API's token acts in a person's name.
  const via = event.by === null ? '' : viaWords(event.via);
  const by = event.by === null ? '' : ` by ${event.by.name}${via}`;
  switch (event.type) {
    case 'incident.declared':
      return turn({ strong: 'Declared' }, ` ${event.data.severity}${by}`);
    case 'incident.severity-changed': {
      const raised = levels[event.data.to] > levels[event.data.from];
      return turn(`Severity ${raised ? 'raised' : 'lowered'} to `, { strong: event.data.to }, by, ...reason(event.data));
    }
    case 'incident.status-changed':
      return turn({ strong: statusLabel(event.data.to) }, by);
    case 'incident.renamed':
      return turn('Renamed', by, ': ', { strong: event.data.to });
    case 'incident.summary-changed':
      return turn({ strong: 'Summary' }, `${by}: `, said(event.data.to ?? 'none', event.data.html));
    case 'incident.kind-changed':
      return turn('Kind changed to ', { strong: kindLabel(event.data.to).toLowerCase() }, by);
    case 'incident.accepted':
      return turn({ strong: 'Accepted' }, by);
    case 'incident.declined':
      return turn({ strong: 'Declined' }, `${by}: `, said(event.data.reason, event.data.html));
    case 'incident.merged':
      return turn('Merged into ', { strong: event.data.into.reference }, `${by}. People go on there.`);
    case 'incident.merged-in':
      return turn({ strong: event.data.incident.reference }, ` is the same and was merged into this one${by}`);
    case 'incident.role-changed':
      return roleTurn(event.data, event.by, via);
    case 'incident.lead-changed':
      return roleTurn({ role: LEAD, name: 'Lead', ...event.data }, event.by, via);
    case 'incident.resolved':
      return turn({ strong: 'Resolved' }, `${by}. `, said(event.data.learned, event.data.html));
    case 'incident.privacy-changed':
      return turn({ strong: event.data.private ? 'Private' : 'Public again' }, by);
    case 'participant.let-in':
      return note({ strong: event.data.person.name }, ', an admin, let themselves in');
    case 'participant.joined':
      return note(...named(event.data.person, joinedWords(event.data, event.by)));
    case 'participant.team-added':
      return note({ strong: event.data.team }, teamAddedWords(event.data, event.by).slice(event.data.team.length));
    case 'participant.left':
      return note(...named(event.data.person, leftWords(event.data, event.by)));
    case 'participant.accounts-joined':
      return note(...named(event.data.person, accountsJoinedWords(event.data, event.by)));
    case 'mirror.requested':
      return undefined;
    case 'mirror.opened':
      return note('Also in ', { strong: event.data.surface.name }, ` as ${event.data.name}`);
    case 'mirror.failed':
      return note({ strong: event.data.surface.name }, ` has no room for this incident: ${event.data.why}`);
    case 'mirror.renamed':
      return note({ strong: event.data.name }, ` is the new name of ${event.data.from} in ${event.data.surface.name}${by}`);
    case 'mirror.topic-changed':
      return note({ strong: event.data.name }, ` in ${event.data.surface.name} ${topicWords(event.data.topic, by)}`);
    case 'mirror.unkept':
      return note(unkeptWords(event.data));
    case 'mirror.archiving':
      return note(archivingWords(event.data));
    case 'mirror.archived':
      return note(archivedWords(event.data, by));
    case 'mirror.unarchived':
      return note({ strong: event.data.name }, ` is back in ${event.data.surface.name}${by}`);
    case 'mirror.shut-out':
      return note(shutOutWords(event.data, by));
    case 'mirror.let-in':
      return note(letInWords(event.data, by));
    case 'mirror.audience-changed':
      return note(audienceWords(event.data, by));
    case 'mirror.card-removed':
      return note(cardRemovedWords(event.data));
    case 'announcement.asked':
      return note(askedToAnnounceWords(event.by, event.data));
    case 'announcement.posted':
      return note(announcedWords(event.data));
    case 'announcement.failed':
      return note(notAnnouncedWords(event.data));
    case 'announcement.removed':
      return note(announcementRemovedWords(event.data));
    case 'announcement.withdrawn':
      return note(withdrawnWords(event.data));
    case 'mirror.stuck':
      return note(...named(event.data.person, stuckWords(event.data)));
    case 'mirror.suspect':
      return note({ strong: event.data.surface.name }, ` may not be answering since ${clock(event.data.since)}`);
    case 'mirror.parked':
      return note({ strong: event.data.surface.name }, ` ${parkedWords(event.data, clock(event.data.since))}`);
    case 'mirror.catching-up':
      return note({ strong: event.data.surface.name }, ` ${catchingUpWords(event.data)}`);
    case 'mirror.resumed':
      return note({ strong: event.data.surface.name }, ' has caught up');
    case 'say-again.asked':
      return event.by === null ? note(sayAgainWords(event.data, null)) : note(...named(event.by, sayAgainWords(event.data, event.by)), via);
    case 'gap.closed': {
      const { inbound, outbound, surface, from, to, unreadUntil, learnt } = event.data;
      const messages = inbound === 1 ? '1 message' : `${inbound} messages`;
      const unread = unreadUntil === undefined ? '' : ` What was said there before ${clock(unreadUntil)} could not be read any more.`;
      return note(
        { strong: `${messages} from ${surface.name} and ${outbound} from here exchanged` },
        `, ${clock(from)}–${clock(to)}.${unread} ${notRecovered(surface.name, learnt)}`,
      );
    }
    case 'command.offered':
      return note(`Asked for${by} at ${clock(event.data.askedAt)}, too late to be done without looking: `, { strong: event.data.text });
    case 'command.applied':
      return note(`${event.by?.name ?? event.via.name} applied what ${event.data.askedBy?.name ?? 'somebody'} asked for: `, {
        strong: event.data.text,
      });
    case 'inbox.unreadable':
      return note(
        `${event.data.count === 1 ? '1 message' : `${event.data.count} messages`} from ${event.via.name} could not be read and ${event.data.count === 1 ? 'is' : 'are'} kept aside`,
      );
    case 'file.added':
      return note({ strong: event.by?.name ?? event.via.name }, ' added ', { strong: event.data.name });
    case 'file.lost':
      return note({ strong: event.data.name }, ` is not here: ${event.data.why}`);
    case 'file.removed':
      return note({ strong: event.data.name }, ` was removed${by}`);
    case 'timeline.entry-added':
    case 'timeline.entry-edited':
      return note({ strong: clock(event.data.happenedAt) }, ' ', said(event.data.text, event.data.html), `, on the timeline${by}`);
    case 'update.shared': {
      const { text, html, severity, status, nextUpdateBy } = event.data;
      const next = nextUpdateBy === undefined ? '' : `next update by ${clock(nextUpdateBy)}`;
      const told = [severity ?? '', status === undefined ? '' : statusLabel(status), next].filter((part) => part !== '').join(' · ');
      if (text === undefined) return turn({ strong: 'Update' }, `${by}: ${told}`);
      return turn({ strong: 'Update' }, `${by}: `, said(text, html), told === '' ? '' : ` · ${told}`);
    }
    case 'nudge.given':
      return note(nudgeWords(event.data, clock));
    case 'nudge.snoozed':
      return note(`${askedWords(event.data.about)} was put off${by}. Muster asks again at ${clock(event.data.until)}.`);
    case 'nudge.skipped':
      return note(`${askedWords(event.data.about)} was let pass this time${by}`);
    default:
      return undefined;
  }
}

/** What the timeline beside the flow shows: how the incident turned, and when a chat came and went. */
export function isOnTimeline(event: RoomEvent): boolean {
  return /^(incident|update|mirror|gap|timeline\.entry-added)/.test(event.type);
}

/** The sentence begins with their name, which matters. */
const named = ({ name }: Person, words: string): Sentence => [{ strong: name }, words.slice(name.length)];

function roleTurn(change: RoleChange, by: RoomEvent['by'], via: string): Happening {
  const [who, what] = roleSentence(change, by);
  return turn({ strong: who }, what, via);
}

const reason = ({ reason: why, html }: { readonly reason?: string | undefined; readonly html?: string | undefined }): Sentence =>
  why === undefined || why === '' ? [] : [': ', said(why, html)];

/** As it was written where an older server answers. */
const said = (text: string, html: string | undefined): Sentence[number] => (html === undefined ? text : { html });

function turn(...sentence: Sentence): Happening {
  return { weight: 'turn', sentence };
}

function note(...sentence: Sentence): Happening {
  return { weight: 'note', sentence };
}
