import type { Content, UserRef } from '@musterhq/chat-port';
import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { withMentions } from '#libs/rich-text/with-mentions';
import { isArtifactEvent } from '#src/artifacts/artifacts.events';
import { isIncidentEvent } from '#src/incidents/incidents.events';
import { chatOfAccounts } from '#src/people/account-chat.queries';
import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Follower } from '#src/platform/followers/follower.types';
import type { ActorFact, LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { isUpdateEvent } from '#src/updates/updates.events';
import { cancelUnsaid, enqueue, queueUpkeep, replaceUnsaid, takeFileBack } from './deliveries/delivery-queue.ts';
import { rewordInDigest } from './deliveries/digest-store.ts';
import { cancelOvertakenNudges } from './deliveries/overtaken-nudges.ts';
import { closePublicMirrors, openMirrors } from './open-mirrors.ts';
import { WANTS_CARD } from './removed-cards.ts';
import { changesMembers, concernsPrivateOnly } from './room-members.ts';
import { type MessageEdited, type MessagePosted, type MessageReacted, isRoomEvent } from './rooms.events.ts';
import { MIRRORS_FOLLOWER } from './rooms.types.ts';
import { type OutageLine, outageLine } from './say/about-outages.ts';
import { lineFor } from './say/lines.ts';

interface MirrorRow {
  readonly id: string;
  readonly instance: string;
  readonly tenant: string;
  readonly isPrivate: boolean;
  readonly wantsCard: boolean;
  /** The chat has it, whoever said it there. */
  readonly knows: boolean;
  /** It is for us to say there, or we have said it. */
  readonly ours: boolean;
}

/** Projects a room's log into its chats: opens the mirrors, and queues for each what it has not said itself. */
export class MirrorFollower implements Follower {
  readonly name = MIRRORS_FOLLOWER;
  readonly kind = 'effect';

  constructor(
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly publicUrl: string,
  ) {}

  async handle(tx: Tx, event: LoggedEvent): Promise<void> {
    if (isIncidentEvent(event, 'incident.declared')) return openMirrors(tx, this.log, this.doorbell, event);
    if (isIncidentEvent(event, 'incident.privacy-changed') && event.data.private) {
      await closePublicMirrors(tx, this.doorbell, event);
      await openMirrors(tx, this.log, this.doorbell, event);
    }
    if (isRoomEvent(event, 'mirror.audience-changed') && event.data.audience === 'public' && (await this.isPrivate(tx, event.streamId))) {
      await closePublicMirrors(tx, this.doorbell, event);
      await openMirrors(tx, this.log, this.doorbell, event);
    }
    if (isRoomEvent(event, 'message.posted')) return this.copyMessage(tx, event, event.data);
    if (isRoomEvent(event, 'message.edited')) return this.copyEdit(tx, event, event.data);
    if (isRoomEvent(event, 'message.deleted')) return this.takeBack(tx, event, event.data.messageId);
    if (isRoomEvent(event, 'message.reacted')) return this.react(tx, event, event.data);
    if (isRoomEvent(event, 'message.pinned')) return this.pin(tx, event, event.data.messageId);
    await cancelOvertakenNudges(tx, event);
    await this.letInAndOut(tx, event);
    if (event.type.startsWith('incident.'))
      for (const mirror of await this.mirrors(tx, event.streamId, null)) await queueUpkeep(tx, mirror.id, 'calmly');
    const outage = outageLine(event);
    if (outage) return this.tellOfOutage(tx, event, outage);
    const line = lineFor(event, await this.warRoom(tx, event.streamId));
    if (!line) return;
    for (const mirror of await this.mirrors(tx, event.streamId, null)) {
      if (isRoomEvent(event, 'mirror.archiving') && mirror.id !== event.data.mirrorId) continue;
      // Who adds a file in a chat, or takes it out there, has done so before everybody's eyes.
      if (event.type.startsWith('file.') && mirror.instance === event.via.id) continue;
      const to = { mirrorId: mirror.id, position: event.seq };
      if (isArtifactEvent(event, 'file.removed')) {
        const { fileId } = event.data;
        const was = await takeFileBack(tx, mirror.id, fileId);
        if (was === 'said') await enqueue(tx, this.doorbell, { ...to, operation: 'remove', fileId });
        if (was !== null) continue;
      }
      const content = await this.calling(tx, mirror, event, line);
      const file = isArtifactEvent(event, 'file.added') ? { fileId: event.data.fileId } : {};
      await enqueue(tx, this.doorbell, { ...to, operation: 'send', content, ...file });
      if (mirror.wantsCard && event.type.startsWith('incident.'))
        await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'card' });
    }
  }

  private async tellOfOutage(tx: Tx, { streamId, seq }: LoggedEvent, { mirrorId, there, elsewhere }: OutageLine): Promise<void> {
    for (const { id } of await this.mirrors(tx, streamId, null)) {
      const content = id === mirrorId ? there : elsewhere;
      if (content) await enqueue(tx, this.doorbell, { mirrorId: id, position: seq, operation: 'send', content });
    }
  }

  /** In a chat's private room are those who take part; into a public one whoever is called to it is brought, and nobody out of it. */
  private async letInAndOut(tx: Tx, event: LoggedEvent): Promise<void> {
    for (const { id, instance, isPrivate } of await this.mirrors(tx, event.streamId, null)) {
      if (!changesMembers(event, instance) || (!isPrivate && concernsPrivateOnly(event))) continue;
      await enqueue(tx, this.doorbell, { mirrorId: id, position: event.seq, operation: 'members' });
    }
  }

  private async copyMessage(tx: Tx, event: LoggedEvent, message: MessagePosted): Promise<void> {
    const { messageId, text } = message;
    // Its files are told of when they are here, and then by themselves.
    if (text === '') return;
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      if (mirror.knows) continue;
      const content = await this.contentFor(tx, mirror, event, message);
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'send', messageId, content });
    }
  }

  private async isPrivate(tx: Tx, incidentId: string): Promise<boolean> {
    const [incident] = await rows<{ private: boolean }>(tx, 'select private from incident where id = $1', [incidentId]);
    return incident?.private ?? false;
  }

  private async warRoom(tx: Tx, incidentId: string): Promise<string> {
    const [incident] = await rows<{ reference: string }>(tx, 'select reference from incident where id = $1', [incidentId]);
    return new URL(`/i/${incident?.reference ?? ''}`, this.publicUrl).href;
  }

  /** Our own copies are edited. Where somebody said it themselves, only they could edit it, so it is said beneath. */
  private async copyEdit(tx: Tx, event: LoggedEvent, message: MessageEdited): Promise<void> {
    const { messageId } = message;
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      const to = { mirrorId: mirror.id, position: event.seq, messageId };
      if (mirror.ours) {
        const content = await this.contentFor(tx, mirror, event, message);
        if (await replaceUnsaid(tx, mirror.id, messageId, content)) continue;
        await cancelUnsaid(tx, mirror.id, messageId, 'edit', 'correct');
        const digestId = await rewordInDigest(tx, mirror.id, messageId, content);
        await enqueue(tx, this.doorbell, { ...to, operation: 'edit', ...(digestId === null ? { content } : { digestId }) });
      } else if (mirror.knows && mirror.instance !== event.via.id) {
        await cancelUnsaid(tx, mirror.id, messageId, 'correct');
        await enqueue(tx, this.doorbell, { ...to, operation: 'correct' });
      }
    }
  }

  private async takeBack(tx: Tx, event: LoggedEvent, messageId: string): Promise<void> {
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      const to = { mirrorId: mirror.id, position: event.seq, messageId };
      const canceled = await cancelUnsaid(tx, mirror.id, messageId, 'send', 'edit', 'correct', 'react', 'pin');
      if (canceled.includes('send')) continue;
      const digestId = await rewordInDigest(tx, mirror.id, messageId, null);
      if (digestId !== null) await enqueue(tx, this.doorbell, { ...to, operation: 'edit', digestId });
      else if (mirror.ours) await enqueue(tx, this.doorbell, { ...to, operation: 'remove' });
      else if (mirror.knows && mirror.instance !== event.via.id) await enqueue(tx, this.doorbell, { ...to, operation: 'correct' });
    }
  }

  /** Our one voice there stands for everybody elsewhere. Who reacts in a chat is seen there already. */
  private async react(tx: Tx, event: LoggedEvent, { messageId, emoji, on }: MessageReacted): Promise<void> {
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      if (!(mirror.ours || mirror.knows) || (on && mirror.instance === event.via.id)) continue;
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'react', messageId, emoji });
    }
  }

  private async pin(tx: Tx, event: LoggedEvent, messageId: string): Promise<void> {
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      if (!(mirror.ours || mirror.knows) || mirror.instance === event.via.id) continue;
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'pin', messageId });
    }
  }

  /** As this chat is told it: in the name of whoever wrote it, with its own way of calling people. */
  private async contentFor(tx: Tx, mirror: MirrorRow, { by, via }: LoggedEvent, { text, mentions = [] }: MessageEdited): Promise<Content> {
    const accounts = await accountsIn(tx, mirror, mentions);
    const content = withMentions(fromMarkdown(text), mentions, (person) => accounts.get(person));
    return { ...content, ...(by ? { author: { name: by.name, via: via.name } } : {}) };
  }

  /** A nudge calls whoever leads. */
  private async calling(tx: Tx, mirror: MirrorRow, event: LoggedEvent, line: Content): Promise<Content> {
    if (!isUpdateEvent(event, 'nudge.given') || !event.data.to) return line;
    const accounts = await accountsIn(tx, mirror, [event.data.to]);
    return withMentions(line, [event.data.to], (person) => accounts.get(person));
  }

  /** Where it may be said, held so: a card that is found taken away at this moment is not asked for after that was decided. Should the event that closes the public rooms lie in quarantine, they hear nothing all the same. */
  private mirrors(tx: Tx, incidentId: string, messageId: string | null): Promise<MirrorRow[]> {
    return rows<MirrorRow>(
      tx,
      `select m.id, m.instance, m.tenant, m.private as "isPrivate", ${WANTS_CARD} as "wantsCard", exists (select 1 from message_copy c where c.mirror_id = m.id and c.message_id = $2) as knows,
              exists (select 1 from delivery d where d.mirror_id = m.id and d.message_id = $2 and d.operation = 'send') as ours
         from mirror m join incident i on i.id = m.incident_id
        where m.incident_id = $1 and m.state not in ('failed', 'closed') and (m.private or not i.private) order by m.id for share of m`,
      [incidentId, messageId],
    );
  }
}

async function accountsIn(tx: Tx, { instance, tenant }: MirrorRow, people: readonly ActorFact[]): Promise<Map<string, UserRef>> {
  if (people.length === 0) return new Map();
  const found = await rows<{ person: string; user: string }>(
    tx,
    `select distinct on (meant.own_id) meant.own_id as person, a.native_user as "user"
       from one_person meant join one_person p on p.id = meant.id join account a on a.person_id = p.own_id
      where a.instance = ${chatOfAccounts('$1')} and a.tenant = $2 and meant.own_id = any($3) order by meant.own_id, p.own_id <> meant.own_id, a.native_user`,
    [instance, tenant, people.map(({ id }) => id)],
  );
  return new Map(found.map(({ person, user }) => [person, { adapter: instance, tenant, user }]));
}
