import type { Artifacts } from '#src/artifacts/artifacts.service';
import type { Incidents } from '#src/incidents/incidents.service';
import type { Tx } from '#src/platform/database/database';
import { areOne } from '#src/people/one-person.queries';
import { doneBefore } from '#src/platform/log/done-before';
import type { StreamLog } from '#src/platform/log/log';
import type { Actor } from '#src/people/people.types';
import { held } from './acts/known-message.ts';
import { usableText } from './acts/usable-text.ts';
import { dropFiles } from './files/awaited-files.ts';
import { mentionedByName } from './mentioned-by-name.ts';
import { MessageGone, NotYourMessage } from './rooms.errors.ts';
import type { MessageDeleted, MessageEdited } from './rooms.events.ts';

/** What a person asks for in a room. `requestId` becomes the event's id: the same again finds what it did. */
export interface Ask {
  readonly incidentId: string;
  readonly requestId: string;
  readonly by: Actor;
}

/** Taking one's words back. Every version stays in the log; what the room and its chats show is the last one. */
export class Edits {
  constructor(
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
    private readonly artifacts: Artifacts,
  ) {}

  /**
   * Answers the room's number of the edit; null when it reads so already. Of two at once the one that commits last stands.
   *
   * @throws MessageNotFound, NotYourMessage, MessageGone, MessageNotUsable, IdUsedBefore
   */
  async edit(tx: Tx, { incidentId, requestId, by }: Ask, messageId: string, given: string): Promise<number | null> {
    const text = usableText(given);
    const message = await held(tx, incidentId, messageId);
    if (!(await areOne(tx, message.author?.id, by.person.id))) throw new NotYourMessage();
    const done = await doneBefore<MessageEdited>(
      tx,
      incidentId,
      requestId,
      'message.edited',
      (data) => data.messageId === messageId && data.text === text,
    );
    if (done !== null) return done;
    if (message.isDeleted) throw new MessageGone();
    if (message.text === text) return null;
    const mentions = await mentionedByName(tx, incidentId, text);
    await tx.query('update message set text = $2, edited_at = clock_timestamp() where id = $1', [messageId, text]);
    const { seq } = await this.log.append<'message.edited', MessageEdited>(tx, incidentId, {
      id: requestId,
      type: 'message.edited',
      by: by.person,
      via: by.via,
      data: { messageId, text, ...(mentions.length > 0 ? { mentions } : {}) },
    });
    return seq;
  }

  /**
   * Takes a message off the screens and out of the chats, with the files that it came with. Null when it was gone already.
   *
   * @throws MessageNotFound, NotAllowed, IdUsedBefore
   */
  async delete(tx: Tx, { incidentId, requestId, by }: Ask, messageId: string): Promise<number | null> {
    const message = await held(tx, incidentId, messageId);
    if (!(await areOne(tx, message.author?.id, by.person.id)))
      await this.incidents.mustBeAllowed(tx, { id: incidentId, by }, 'message.delete');
    const done = await doneBefore<MessageDeleted>(tx, incidentId, requestId, 'message.deleted', (data) => data.messageId === messageId);
    if (done !== null) return done;
    if (message.isDeleted) return null;
    await tx.query('update message set deleted_at = clock_timestamp() where id = $1', [messageId]);
    await dropFiles(tx, messageId, null);
    await this.artifacts.removeWith(tx, messageId, { by: by.person, via: by.via });
    const { seq } = await this.log.append<'message.deleted', MessageDeleted>(tx, incidentId, {
      id: requestId,
      type: 'message.deleted',
      by: by.person,
      via: by.via,
      data: { messageId },
    });
    return seq;
  }
}
