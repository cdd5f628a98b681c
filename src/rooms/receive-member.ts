import type { ChatEvent } from '@musterhq/chat-port';
import type { Incidents } from '#src/incidents/incidents.service';
import type { Database, Tx } from '#src/platform/database/database';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import { isMirrored, mirrorOf } from './mirrors.ts';

type MemberEvent = Extract<ChatEvent, { type: 'member' }>;

/** Who comes into a mirror's room reads there, so they watch; who watched from there and leaves does not any more. */
export class ReceiveMember implements InboxHandler {
  readonly types = ['member'] as const;

  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
    private readonly people: People,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    const { room, user, change } = event as MemberEvent;
    if (change === 'joined' && (await isMirrored(this.database, room))) await this.people.meet(user);
  }

  async handle(tx: Tx, item: InboxItem): Promise<void> {
    const { room, user, change } = item.event as MemberEvent;
    const mirror = await mirrorOf(tx, room);
    if (!mirror) return;
    const { id, incidentId, surface } = mirror;
    const person = await this.people.ofAccount(tx, user);
    if (!person && change === 'joined') throw new Error('whoever joined was not met before handling');
    if (!person) return;
    const telling = {
      id: uuidFor('member', item.instance, item.tenant, item.envelopeId),
      by: person,
      via: { id: item.instance, name: surface },
    };
    if (change === 'joined' && (await this.incidents.watchFromRoom(tx, incidentId, person.id)))
      await this.log.append(tx, incidentId, { ...telling, type: 'participant.joined', data: { person, observer: true, mirrorId: id } });
    if (change === 'left' && (await this.incidents.stopWatchingFromRoom(tx, incidentId, person.id, id)))
      await this.log.append(tx, incidentId, { ...telling, type: 'participant.left', data: { person } });
  }
}
