import { uuidv7 } from 'uuidv7';
import type { RoomCommand } from '#libs/war-room-protocol/commands';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { UnknownKind, UnknownSeverity } from '#src/incidents/incidents.errors';
import { isSeverity, kindCalled } from '#src/incidents/incidents.types';
import { isStorable } from '#src/platform/database/storable';
import { BadRequest } from '#src/platform/http/problems';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Draft } from './draft.ts';

const SLASH = /^\/[a-z]+(-[a-z]+)*(\s|$)/i;

/**
 * What a form of the room asks for; `messageId` is of the message that it is about.
 *
 * The id follows from the page's own and from what was written: pressing twice is one message, and writing another one on
 * a page reached by "Back" is another. A choice needs no such care, because choosing the same again changes nothing.
 *
 * @throws UnknownSeverity, BadRequest
 */
export function commandOf(draft: Draft, messageId: string | null = null): RoomCommand {
  const { text, reason } = draft;
  if (!isStorable(text) || !isStorable(reason))
    throw new BadRequest('The text contains a character that cannot be kept. Remove what does not show, and send it again.');
  const id = draft.id === '' ? uuidv7() : uuidFor('form', draft.id, draft.do, text);
  switch (draft.do) {
    case 'message':
      // Markdown could mean a path by a leading slash; a word after it is a command, in every chat and here.
      return SLASH.test(text) ? { id, type: 'command', body: { text } } : { id, type: 'message', body: { text } };
    case 'reply':
      return { id, type: 'message', body: { text, replyTo: required(messageId) } };
    case 'edit':
      return { id: uuidv7(), type: 'edit', body: { messageId: required(messageId), text } };
    case 'delete':
      return { id: uuidv7(), type: 'delete', body: { messageId: required(messageId) } };
    case 'react':
    case 'take-back':
      return { id: uuidv7(), type: 'react', body: { messageId: required(messageId), emoji: text, on: draft.do === 'react' } };
    case 'pin':
    case 'unpin':
      return { id: uuidv7(), type: 'pin', body: { messageId: required(messageId), on: draft.do === 'pin' } };
    case 'say-again':
      return { id: uuidv7(), type: 'say-again', body: messageId === null ? {} : { messageId } };
    case 'apply':
      return { id: uuidFor('form', draft.do, text), type: 'apply', body: { offerId: text } };
    case 'update':
      return updateOf(draft);
    case 'snooze':
    case 'skip':
      return { id, type: draft.do, body: { nudgeId: text } };
    case 'severity':
      if (!isSeverity(text)) throw new UnknownSeverity(text);
      return { id: uuidv7(), type: 'severity', body: { to: text, reason } };
    case 'status':
    case 'close':
      return { id: uuidv7(), type: 'status', body: { to: text } };
    case 'reopen':
    case 'accept':
      return { id: uuidv7(), type: draft.do, body: {} };
    case 'rename':
      return { id: uuidv7(), type: 'rename', body: { title: text } };
    case 'summary':
      return { id: uuidv7(), type: 'summary', body: { summary: text } };
    case 'kind': {
      const to = kindCalled(text);
      if (to === null) throw new UnknownKind(text);
      return { id: uuidv7(), type: 'kind', body: { to } };
    }
    case 'decline':
      return { id, type: 'decline', body: { reason: text } };
    case 'merge':
      return { id, type: 'merge', body: { into: text } };
    case 'privacy':
      return { id: uuidv7(), type: 'privacy', body: { private: text === 'private' } };
    case 'join':
    case 'watch':
      return { id: uuidv7(), type: 'join', body: { observer: draft.do === 'watch' } };
    case 'leave':
      return { id: uuidv7(), type: 'leave', body: {} };
    case 'add':
    case 'remove':
      return { id: uuidv7(), type: draft.do, body: { person: text } };
    case 'add-team':
      return { id: uuidv7(), type: 'add-team', body: { team: text } };
    case 'role':
      return { id: uuidv7(), type: 'role', body: { role: draft.role, to: text === 'nobody' ? null : text } };
    case 'resolve':
      if (text.trim().length > limits.learnedChars)
        throw new BadRequest(`Write at most ${limits.learnedChars} characters: one sentence is enough.`);
      return { id, type: 'resolve', body: { learned: text } };
  }
}

/** @throws UnknownSeverity, BadRequest */
function updateOf({ id, text, severity, status, next }: Draft): RoomCommand {
  if (severity !== '' && !isSeverity(severity)) throw new UnknownSeverity(severity);
  const body = {
    text: text.trim() || undefined,
    severity: severity || undefined,
    status: status || undefined,
    nextUpdateIn: next.trim() === '' ? undefined : Number(next),
  };
  return { id: id === '' ? uuidv7() : uuidFor('form', id, 'update', text, severity, status, next), type: 'update', body };
}

function required(messageId: string | null): string {
  if (messageId === null) throw new BadRequest('Say which message it is about: follow its time in the room, and use the form there.');
  return messageId;
}
