import type { Offer, Offered, Offers } from '#src/conversation/conversation.types';
import type { Actor } from '#src/people/people.types';
import { type Tx, rows } from '#src/platform/database/database';
import { doneBefore } from '#src/platform/log/done-before';
import type { ActorFact } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { OfferNotFound } from './rooms.errors.ts';
import type { CommandApplied, CommandOffered } from './rooms.events.ts';

/**
 * What was asked for too late, as a room's log tells it. It stands where people are, at the end, and not where it was said. Whoever calls
 * holds the incident, so that of two who apply the same one finds what the other did.
 */
export class OfferedCommands implements Offers {
  constructor(private readonly log: StreamLog) {}

  async add(tx: Tx, incidentId: string, id: string, { text, mentions, askedAt }: Offer, by: Actor): Promise<void> {
    await this.log.append<'command.offered', CommandOffered>(tx, incidentId, {
      id,
      type: 'command.offered',
      by: by.person,
      via: by.via,
      data: { text, askedAt: askedAt.toISOString(), ...(mentions.length > 0 ? { mentions: [...mentions] } : {}) },
    });
  }

  /** @throws OfferNotFound */
  async find(tx: Tx, incidentId: string, id: string): Promise<Offered> {
    const [offer] = await rows<{ by: ActorFact | null; data: CommandOffered }>(
      tx,
      `select actor as by, data from event where stream_id = $1 and id = $2 and type = 'command.offered'`,
      [incidentId, id],
    );
    if (!offer) throw new OfferNotFound();
    const [applied] = await rows<{ seq: string; by: ActorFact | null }>(
      tx,
      `select seq, actor as by from event where stream_id = $1 and type = 'command.applied' and data ->> 'offerId' = $2`,
      [incidentId, id],
    );
    const { text, mentions = [], askedAt } = offer.data;
    return {
      offer: { text, mentions, askedAt: new Date(askedAt) },
      askedBy: offer.by,
      applied: applied ? { seq: Number(applied.seq), by: applied.by } : null,
    };
  }

  /** @throws IdUsedBefore */
  appliedBefore(tx: Tx, incidentId: string, requestId: string, offerId: string): Promise<number | null> {
    return doneBefore<CommandApplied>(tx, incidentId, requestId, 'command.applied', (was) => was.offerId === offerId);
  }

  async apply(tx: Tx, incidentId: string, requestId: string, offerId: string, { offer, askedBy }: Offered, by: Actor): Promise<number> {
    const { seq } = await this.log.append<'command.applied', CommandApplied>(tx, incidentId, {
      id: requestId,
      type: 'command.applied',
      by: by.person,
      via: by.via,
      data: { offerId, text: offer.text, askedBy },
    });
    return seq;
  }
}
