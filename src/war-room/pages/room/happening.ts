import type { RoomEvent } from '#libs/war-room-protocol/events';
import {
  announcedWords,
  announcementRemovedWords,
  askedToAnnounceWords,
  notAnnouncedWords,
  withdrawnWords,
} from '#libs/war-room-protocol/announcements';
import { describeFile } from '#libs/war-room-protocol/files';
import { lostWords } from '#libs/war-room-protocol/message-files';
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
import { LEAD, roleSentence } from '#libs/war-room-protocol/roles';
import { sayAgainWords } from '#libs/war-room-protocol/say-again';
import { askedWords, nudgeWords } from '#libs/war-room-protocol/updates';
import { viaWords } from '#libs/war-room-protocol/via-words';
import { kindLabel } from '#libs/war-room-protocol/vocabulary';
import { clock, day } from '../times.ts';
import type { Sentence } from './sentence.ts';
import { updateWords } from './update-words.ts';

/** How an event that is no message reads to a responder, in one line; null for what nobody needs to read. */
export function happening(event: RoomEvent): Sentence | null {
  const words = wordsOf(event);
  return typeof words === 'string' ? [words] : words;
}

function wordsOf(event: RoomEvent): string | Sentence | null {
  const by = event.by === null ? '' : ` by ${event.by.name}${via(event)}`;
  switch (event.type) {
    case 'incident.declared':
      return `Declared ${event.data.severity}${by}`;
    case 'incident.severity-changed':
      return [
        `Severity changed from ${event.data.from} to ${event.data.to}${by}`,
        ...(event.data.reason ? [': ', { said: event.data.reason }] : []),
      ];
    case 'incident.status-changed':
      return `Status changed from ${event.data.from} to ${event.data.to}${by}`;
    case 'incident.renamed':
      return `Renamed${by}: ${event.data.to}`;
    case 'incident.summary-changed':
      return event.data.to === null ? `Summary taken away${by}` : [`Summary changed${by}: `, { said: event.data.to }];
    case 'incident.kind-changed':
      return `Kind changed from ${kindLabel(event.data.from).toLowerCase()} to ${kindLabel(event.data.to).toLowerCase()}${by}`;
    case 'incident.accepted':
      return `Accepted${by}`;
    case 'incident.declined':
      return [`Declined${by}: `, { said: event.data.reason }];
    case 'incident.merged':
      return `Merged into ${event.data.into.reference}${by}. People go on there.`;
    case 'incident.merged-in':
      return `${event.data.incident.reference} is the same and was merged into this one${by}`;
    case 'incident.role-changed':
      return roleSentence(event.data, event.by).join('') + via(event);
    case 'incident.lead-changed':
      return roleSentence({ role: LEAD, name: 'Lead', ...event.data }, event.by).join('') + via(event);
    case 'incident.resolved':
      return [`Resolved${by}. What will not happen again: `, { said: event.data.learned }];
    case 'incident.privacy-changed':
      return event.data.private ? `Made private${by}: only those who take part see it` : `Made public again${by}`;
    case 'participant.let-in':
      return `${event.data.person.name}, an admin, let themselves in`;
    case 'participant.joined':
      return joinedWords(event.data, event.by);
    case 'participant.team-added':
      return teamAddedWords(event.data, event.by);
    case 'participant.left':
      return leftWords(event.data, event.by);
    case 'participant.accounts-joined':
      return accountsJoinedWords(event.data, event.by);
    case 'mirror.opened':
      return `Also in ${event.data.surface.name} as ${event.data.name}`;
    case 'mirror.failed':
      return `${event.data.surface.name} has no room for this incident: ${event.data.why}`;
    case 'mirror.renamed':
      return `${event.data.name} is the new name of ${event.data.from} in ${event.data.surface.name}${by}`;
    case 'mirror.topic-changed':
      return `${event.data.name} in ${event.data.surface.name} ${topicWords(event.data.topic, by)}`;
    case 'mirror.unkept':
      return unkeptWords(event.data);
    case 'mirror.archiving':
      return archivingWords(event.data);
    case 'mirror.archived':
      return archivedWords(event.data, by);
    case 'mirror.unarchived':
      return `${event.data.name} is back in ${event.data.surface.name}${by}`;
    case 'mirror.shut-out':
      return shutOutWords(event.data, by);
    case 'mirror.let-in':
      return letInWords(event.data, by);
    case 'mirror.audience-changed':
      return audienceWords(event.data, by);
    case 'mirror.card-removed':
      return cardRemovedWords(event.data);
    case 'announcement.asked':
      return askedToAnnounceWords(event.by, event.data);
    case 'announcement.posted':
      return announcedWords(event.data);
    case 'announcement.failed':
      return notAnnouncedWords(event.data);
    case 'announcement.removed':
      return announcementRemovedWords(event.data);
    case 'announcement.withdrawn':
      return withdrawnWords(event.data);
    case 'mirror.stuck':
      return stuckWords(event.data);
    case 'mirror.suspect':
      return `${event.data.surface.name} may not be answering since ${clock(event.data.since)}`;
    case 'mirror.parked':
      return `${event.data.surface.name} ${parkedWords(event.data, clock(event.data.since))}`;
    case 'mirror.catching-up':
      return `${event.data.surface.name} ${catchingUpWords(event.data)}`;
    case 'mirror.resumed':
      return `${event.data.surface.name} has caught up`;
    case 'say-again.asked':
      return sayAgainWords(event.data, event.by) + via(event);
    case 'gap.closed': {
      const { inbound, outbound, surface, from, to, unreadUntil, learnt } = event.data;
      const exchanged = `${inbound} from ${surface.name} and ${outbound} from here exchanged, ${clock(from)} to ${clock(to)}.`;
      const unread = unreadUntil === undefined ? '' : ` What was said there before ${clock(unreadUntil)} could not be read any more.`;
      return `${exchanged}${unread} ${notRecovered(surface.name, learnt)}`;
    }
    case 'file.added':
      return `${event.by?.name ?? event.via.name} added ${event.data.name} (${describeFile(event.data)})${event.data.alt ? `: ${event.data.alt}` : ''}`;
    case 'file.lost':
      return lostWords(event.data);
    case 'file.removed':
      return `${event.data.name} was removed${by}`;
    case 'command.offered':
      return [
        `Asked for${by} at ${moment(event.data.askedAt, event.at)}, too late to be done without looking: `,
        { said: event.data.text },
      ];
    case 'command.applied':
      return [
        `${event.by?.name ?? event.via.name} applied what ${event.data.askedBy?.name ?? 'somebody'} asked for: `,
        { said: event.data.text },
      ];
    case 'inbox.unreadable':
      return `${event.data.count} from ${event.via.name} could not be read, kept aside`;
    case 'timeline.entry-added':
      return [
        `${event.by?.name ?? event.via.name} put on the timeline, at ${moment(event.data.happenedAt, event.at)}: `,
        { said: event.data.text },
      ];
    case 'timeline.entry-edited':
      return [
        `${event.by?.name ?? event.via.name} changed on the timeline, at ${moment(event.data.happenedAt, event.at)}: `,
        { said: event.data.text },
      ];
    case 'timeline.item-hidden':
      return `Something was ${event.data.on ? 'taken off' : 'put back on'} the timeline${by}`;
    case 'update.shared':
      return updateWords(event, by);
    case 'nudge.given':
      return nudgeWords(event.data, clock);
    case 'nudge.snoozed':
      return `${askedWords(event.data.about)} was put off${by}: Muster asks again at ${clock(event.data.until)}`;
    case 'nudge.skipped':
      return `${askedWords(event.data.about)} was let pass this time${by}`;
    case 'message.pinned':
      return `A message was ${event.data.on ? 'pinned to' : 'taken off'} the timeline${by}`;
    default:
      return null;
  }
}

/** From where, unless it is from here: an API's token acts in a person's name. */
const via = (event: RoomEvent): string => (event.by === null ? '' : viaWords(event.via));

/** With its day where that is another one. */
const moment = (happenedAt: string, at: string): string =>
  day(happenedAt) === day(at) ? clock(happenedAt) : `${day(happenedAt)} ${clock(happenedAt)}`;
