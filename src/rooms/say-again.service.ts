import { messagesIn } from '#libs/war-room-protocol/say-again';
import type { Incidents } from '#src/incidents/incidents.service';
import { type Tx, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { doneBefore } from '#src/platform/log/done-before';
import type { StreamLog } from '#src/platform/log/log';
import { askForReplay, holdAside } from '#src/platform/quarantine/quarantine';
import { known } from './acts/known-message.ts';
import { doubtful, sayRefusedAgain } from './deliveries/say-again.ts';
import type { Ask } from './edits.service.ts';
import type { SayAgainAsked } from './rooms.events.ts';

interface AskedAgain {
  readonly seq: number | null;
  /** For whoever asked. */
  readonly say: string;
}

const NOTHING: AskedAgain = {
  seq: null,
  say: 'Nothing is left to say again: the chats of this room have what was said here, or it waits for them by itself.',
};

/** A person decides about what a chat did not take, and about what nobody knows whether it has. */
export class SayAgain {
  constructor(
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
    private readonly doorbell: Doorbell,
  ) {}

  /**
   * One message of the room, or everything (`null`). What was refused goes back into its lane. What is in doubt is
   * replayed by a worker, in the name of whoever asked: it looks first, and says nothing that turns out to be there.
   *
   * @throws MessageNotFound, IncidentNotFound, NotAllowed, IdUsedBefore
   */
  async ask(tx: Tx, { incidentId, requestId, by }: Ask, messageId: string | null): Promise<AskedAgain> {
    await this.incidents.hold(tx, { id: incidentId, by }, 'message.write');
    if (messageId !== null) await known(tx, incidentId, messageId);
    const before: SayAgainAsked[] = [];
    const done = await doneBefore<SayAgainAsked>(tx, incidentId, requestId, 'say-again.asked', (was) => {
      before.push(was);
      return (was.messageId ?? null) === messageId;
    });
    if (done !== null) return { seq: done, say: before.map(wordsOf).join('') };

    const refused = await sayRefusedAgain(tx, incidentId, messageId);
    const inDoubt = await doubtful(tx, incidentId, messageId);
    const aside = await holdAside(
      tx,
      'delivery',
      inDoubt.map(({ id }) => [id]),
    );
    const unsaid = [...refused, ...inDoubt.filter(({ id }) => aside.some(({ key }) => key[0] === id))];
    if (unsaid.length === 0) return NOTHING;
    const surfaces = [...new Map(unsaid.map(({ surface }) => [surface.id, surface])).values()];
    const data: SayAgainAsked = {
      ...(messageId === null ? {} : { messageId }),
      surfaces,
      count: unsaid.reduce((sum, { count }) => sum + count, 0),
    };
    const { seq } = await this.log.append<'say-again.asked', SayAgainAsked>(tx, incidentId, {
      id: requestId,
      type: 'say-again.asked',
      by: by.person,
      via: by.via,
      data,
    });
    for (const { id } of aside) await askForReplay(tx, this.log, id, by);
    afterCommit(tx, () => {
      this.doorbell.ring({ topic: 'deliveries', id: incidentId });
      this.doorbell.ring({ topic: 'operations', id: incidentId });
    });
    return { seq, say: wordsOf(data) };
  }
}

function wordsOf(asked: SayAgainAsked): string {
  const [messages, chats] = messagesIn(asked);
  const [are, they] = asked.count === 1 ? ['is', 'it is'] : ['are', 'they are'];
  return `${messages} ${are} said again in ${chats}, unless ${they} there already.`;
}
