import type { Content, RoomSpec } from '@musterhq/chat-port';
import { announcementOf } from '#src/announcements/announcements.queries';
import { chatOfAccounts } from '#src/people/account-chat.queries';
import { anyOfTheirs } from '#src/people/one-person.queries';
import type { Database } from '#src/platform/database/database';
import { archivalOf } from './archiving/archivable.ts';
import type { Delivery } from './deliveries/delivery.types.ts';
import { type ToSay, roomOf } from './deliveries/one-attempt.ts';
import { membersOf } from './room-members.ts';
import { type Step, nextStep } from './upkeep/next-step.ts';
import { topicOf } from './upkeep/topic.ts';
import { keptOf } from './upkeep/upkeep-store.ts';
import { type CardFacts, card } from './say/card.ts';
import { inItsTime } from './say/in-its-time.ts';
import { correctionOf, digestOf, inReply, isMarked, messageOfFile, saidAt } from './say/about-messages.ts';

interface Facts extends CardFacts {
  readonly id: string;
  readonly declared_by: string | null;
  /** Whether this mirror is to be, whatever the incident has become since. */
  readonly private: boolean;
}

/** The further parts of a digest stand beneath the first: a room in which people talk is not filled with what was. */
const below = ({ isDigest, thread, part, copies, fault }: Delivery, hasThreads: boolean): string | null =>
  // Where the first was taken away in the chat, the rest is said in the open.
  isDigest && hasThreads && part > 0 && fault?.code !== 'not-found' ? (thread ?? copies[0]?.id ?? null) : thread;

/** The content of a delivery at the moment it goes out, and the room to make. Reads only. */
export class WhatToSay {
  constructor(
    private readonly database: Database,
    private readonly publicUrl: string,
  ) {}

  async for(delivery: Delivery, hasThreads: boolean, now: number): Promise<ToSay> {
    const said = { content: delivery.content, spec: null, members: null, thread: delivery.thread, on: false };
    switch (delivery.operation) {
      case 'open-room':
        return { ...said, spec: await this.room(delivery) };
      case 'members':
        return { ...said, members: await membersOf(this.database, delivery) };
      case 'card':
        return { ...said, content: await this.card(delivery) };
      case 'upkeep': {
        const upkeep = await this.upkeep(delivery);
        return { ...said, ...(upkeep ? { upkeep } : {}) };
      }
      case 'react':
      case 'pin':
        return { ...said, on: await isMarked(this.database, delivery) };
      case 'correct':
        return { ...said, ...(await correctionOf(this.database, delivery, hasThreads)) };
      case 'send': {
        // Where it goes is settled by the first attempt, so that the next one looks for it there.
        if (delivery.parts && delivery.fileId === null) return { ...said, thread: below(delivery, hasThreads) };
        if (delivery.isDigest) return { ...said, ...(await this.digest(delivery, hasThreads)) };
        const messageId = delivery.fileId === null ? delivery.messageId : await messageOfFile(this.database, delivery.fileId);
        const { thread, content } = await inReply(this.database, { ...delivery, messageId }, hasThreads);
        return { ...said, thread, content: content && inItsTime(content, await saidAt(this.database, delivery), now) };
      }
      case 'edit':
        return delivery.digestId === null ? said : { ...said, content: (await this.digest(delivery, hasThreads)).content };
      default:
        return said;
    }
  }

  private async digest(delivery: Delivery, hasThreads: boolean): Promise<Pick<ToSay, 'content' | 'thread'>> {
    return digestOf(this.database, delivery, hasThreads, this.roomUrl(await this.facts(delivery)));
  }

  private async card(delivery: Delivery): Promise<Content | null> {
    if (delivery.isAnnouncement) return announcementOf(this.database, delivery.mirrorId, this.publicUrl);
    const facts = await this.facts(delivery);
    return card(facts, this.roomUrl(facts));
  }

  private async room(delivery: Delivery): Promise<RoomSpec> {
    const facts = await this.facts(delivery);
    // In a private room nobody is who was not brought in.
    const members = await this.database.query<{ native_user: string }>(
      `select a.native_user from account a where a.instance = ${chatOfAccounts('$2')} and a.tenant = $3
          and case when $4 then exists (select 1 from participant t where t.incident_id = $5 and t.person_id = ${anyOfTheirs('a.person_id')}) else a.person_id = ${anyOfTheirs('$1')} end`,
      [facts.declared_by, delivery.instance, delivery.tenant, facts.private, facts.id],
    );
    return {
      key: delivery.mirrorId,
      name: nameOf(facts),
      private: facts.private,
      topic: topicOf(facts, this.roomUrl(facts)),
      members: members.map(({ native_user }) => ({ adapter: delivery.instance, tenant: delivery.tenant, user: native_user })),
    };
  }

  private async upkeep(delivery: Delivery): Promise<Step | null> {
    const facts = await this.facts(delivery);
    const href = this.roomUrl(facts);
    const wanted = {
      name: nameOf(facts),
      topic: topicOf(facts, href),
      card: delivery.card,
      bookmark: { title: 'War room', href },
      ...(await archivalOf(this.database, delivery.mirrorId)),
    };
    return nextStep(roomOf(delivery), wanted, await keptOf(this.database, delivery.mirrorId));
  }

  private roomUrl({ reference }: Facts): string {
    return new URL(`/i/${reference}`, this.publicUrl).href;
  }

  private async facts({ incidentId, mirrorId }: Delivery): Promise<Facts> {
    const [facts] = await this.database.query<Facts>(
      `select i.id, i.reference, i.title, i.summary, i.severity, i.status, i.category, i.learned, i.declared_by, m.private, p.name as lead
         from incident i join mirror m on m.id = $2 left join one_person p on p.own_id = i.lead_id where i.id = $1`,
      [incidentId, mirrorId],
    );
    if (!facts) throw new Error(`incident ${incidentId} has a mirror and no row`);
    return facts;
  }
}

/** As people would say it; the chat makes of it what it allows. */
const nameOf = ({ reference, title }: Facts): string => `${reference} ${title}`;
