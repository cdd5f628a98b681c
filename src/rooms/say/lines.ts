import type { Content, Inline } from '@musterhq/chat-port';
import { describeFile, isPicture } from '#libs/war-room-protocol/files';
import { accountsJoinedWords, joinedWords, leftWords, stuckWords, teamAddedWords } from '#libs/war-room-protocol/participants';
import { roleChangeOf, roleSentence } from '#libs/war-room-protocol/roles';
import { kindLabel } from '#libs/war-room-protocol/vocabulary';
import { isArtifactEvent } from '#src/artifacts/artifacts.events';
import { isIncidentEvent } from '#src/incidents/incidents.events';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { isRoomEvent } from '../rooms.events.ts';
import { roleLine } from './about-roles.ts';
import { updateLine } from './about-updates.ts';

/**
 * What a chat's room is told of an event, as one small line; null for what people there need not read. Says who, from
 * where and what, so that others learn by seeing.
 */
export function lineFor(event: LoggedEvent, warRoom: string): Content | null {
  const who = event.by ? event.by.name : 'Muster';
  const { name, how } = event.via;
  const where = event.by ? ` (${how === undefined ? name : `${name}: ${how}`})` : '';
  const by = `${who}${where}`;

  if (isIncidentEvent(event, 'incident.severity-changed')) {
    const { from, to, reason } = event.data;
    return line(`${by} changed the severity from ${from} to ${to}${reason ? `: ${reason}` : ''}`);
  }
  if (isIncidentEvent(event, 'incident.status-changed'))
    return line(`${by} changed the status from ${event.data.from} to ${event.data.to}`);
  if (isIncidentEvent(event, 'incident.renamed')) return line(`${by} renamed it: ${event.data.to}`);
  if (isIncidentEvent(event, 'incident.summary-changed'))
    return line(event.data.to === null ? `${by} took the summary away` : `${by} changed the summary: ${event.data.to}`);
  if (isIncidentEvent(event, 'incident.kind-changed'))
    return line(`${by} changed the kind from ${kindLabel(event.data.from).toLowerCase()} to ${kindLabel(event.data.to).toLowerCase()}`);
  if (isIncidentEvent(event, 'incident.accepted')) return line(`${by} accepted it`);
  if (isIncidentEvent(event, 'incident.declined')) return line(`${by} declined it: ${event.data.reason}`);
  if (isIncidentEvent(event, 'incident.merged')) return line(`${by} merged it into ${event.data.into.reference}. People go on there`);
  if (isIncidentEvent(event, 'incident.merged-in'))
    return line(`${by} merged ${event.data.incident.reference} into this one: it is the same`);
  const role = roleChangeOf(event);
  if (role) return roleLine(role, `${roleSentence(role, event.by).join('')}${where}`);
  if (isIncidentEvent(event, 'incident.resolved')) return line(`${by} resolved it. What will not happen again: ${event.data.learned}`);
  // Where the chat does not take the file itself, these are its name and the way to the room.
  if (isArtifactEvent(event, 'file.added')) {
    const { fileId: id, name: fileName, mediaType: mime, size: bytes } = event.data;
    const file = { id, name: fileName, mime, bytes };
    const words = `${by} added ${event.data.name} (${describeFile(event.data)})`;
    return {
      summary: words,
      blocks: [
        { t: 'p', c: [text(`${words}: `), { t: 'link', href: warRoom, c: [text('open in the war room')] }] },
        isPicture(event.data) ? { t: 'image', file, alt: event.data.alt ?? '' } : { t: 'file', file },
      ],
    };
  }
  if (isArtifactEvent(event, 'file.removed')) return line(`${by} removed ${event.data.name}`);
  if (isIncidentEvent(event, 'incident.privacy-changed'))
    return line(
      `${by} made it ${event.data.private ? 'private: only those who take part see it' : 'public again: everybody in the organisation sees it'}`,
    );
  // Whoever comes and goes by themselves is no news.
  if (isIncidentEvent(event, 'participant.joined') && event.by?.id !== event.data.person.id)
    return line(`${joinedWords(event.data, event.by)}${where}`);
  if (isIncidentEvent(event, 'participant.team-added')) return line(`${teamAddedWords(event.data, event.by)}${where}`);
  if (isIncidentEvent(event, 'participant.left') && event.by?.id !== event.data.person.id)
    return line(`${leftWords(event.data, event.by)}${where}`);
  if (isIncidentEvent(event, 'participant.accounts-joined')) return line(accountsJoinedWords(event.data, event.by));
  if (isIncidentEvent(event, 'participant.let-in')) return line(`${by} let themselves in: they are an admin`);
  if (isRoomEvent(event, 'mirror.archiving')) return archivingLine(event.data.days, warRoom);
  if (isRoomEvent(event, 'mirror.stuck')) return line(stuckWords(event.data));
  return updateLine(event, by);
}

/** The last that is said there. */
function archivingLine(days: number, warRoom: string): Content {
  const words = `This channel is about to be archived: this has been over, and quiet, for ${days === 1 ? 'a day' : `${days} days`}.`;
  return {
    summary: `${words} What was said stands in the war room: ${warRoom}`,
    blocks: [
      {
        t: 'p',
        c: [
          text(`${words} What was said stands in `),
          { t: 'link', href: warRoom, c: [text('the war room')] },
          text('. Whoever writes something here keeps it open.'),
        ],
      },
    ],
  };
}

const text = (v: string): Inline => ({ t: 'text', v });
const line = (v: string): Content => ({ summary: v, blocks: [{ t: 'p', c: [{ t: 'em', c: [text(v)] }] }] });
