import { LEAD } from '#libs/war-room-protocol/roles';
import type { ArtifactEvents } from '#src/artifacts/artifacts.events';
import type { Declared, IncidentEvents } from '#src/incidents/incidents.events';
import type { Category, Severity } from '#src/incidents/incidents.types';
import type { KeptEvent } from '#src/platform/log/adopt';
import type { ActorFact, Moment, SurfaceFact } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { RoomEvents } from '#src/rooms/rooms.events';
import type { TimelineEvents } from '#src/timeline/timeline.events';
import type { UpdateEvents } from '#src/updates/updates.events';

type Told = IncidentEvents & RoomEvents & TimelineEvents & ArtifactEvents & UpdateEvents;

export const WEB: SurfaceFact = { id: 'web', name: 'web' };
export const SLACK: SurfaceFact = { id: 'slack', name: 'Slack' };

/** An incident as a log of what happened in its room: what the product would have written at those times. */
export class RoomStory {
  readonly events: KeptEvent[] = [];
  private readonly people = new Set<string>();
  private severityNow: Severity = 'SEV3';
  private statusNow = 'investigating';
  private leadNow: ActorFact | null = null;

  constructor(
    readonly id: string,
    readonly reference: string,
    private clock: Date,
  ) {}

  get now(): Date {
    return this.clock;
  }

  /** Time goes by. */
  after(minutes: number): this {
    this.clock = new Date(this.clock.getTime() + Math.round(minutes * 60_000));
    return this;
  }

  until(moment: Date): this {
    this.clock = moment > this.clock ? moment : this.clock;
    return this;
  }

  declared(by: ActorFact, facts: Pick<Declared, 'title' | 'severity' | 'kind'> & Partial<Declared>, via = WEB): void {
    const [status, category] = facts.category === 'triage' ? ['triage', 'triage' as Category] : ['investigating', 'active' as Category];
    this.severityNow = facts.severity;
    this.statusNow = status;
    this.people.add(by.id);
    this.tell('incident.declared', by, { reference: this.reference, status, category, ...facts }, via);
  }

  /** Whoever has not spoken here yet takes part from now on. Answers the message's id. */
  posted(
    by: ActorFact,
    text: string,
    { replyTo, to = [], via = WEB }: { replyTo?: string; to?: readonly ActorFact[]; via?: SurfaceFact } = {},
  ): string {
    if (!this.people.has(by.id)) this.joined(by, via);
    const messageId = uuidFor(this.id, 'message', String(this.events.length));
    const data = { messageId, text, ...(replyTo ? { replyTo } : {}), ...(to.length > 0 ? { mentions: to } : {}) };
    this.tell('message.posted', by, data, via, messageId);
    return messageId;
  }

  edited(by: ActorFact, messageId: string, text: string, via = WEB): void {
    this.tell('message.edited', by, { messageId, text }, via);
  }

  deleted(by: ActorFact, messageId: string): void {
    this.tell('message.deleted', by, { messageId });
  }

  reacted(by: ActorFact, messageId: string, emoji: string, via = WEB): void {
    this.tell('message.reacted', by, { messageId, emoji, on: true }, via);
  }

  pinned(by: ActorFact, messageId: string): void {
    this.tell('message.pinned', by, { messageId, on: true });
  }

  joined(person: ActorFact, via = WEB): void {
    this.people.add(person.id);
    this.tell('participant.joined', person, { person }, via);
  }

  severity(by: ActorFact, to: Severity, reason: string, via = WEB): void {
    if (to === this.severityNow) return;
    this.tell('incident.severity-changed', by, { from: this.severityNow, to, reason }, via);
    this.severityNow = to;
  }

  status(by: ActorFact, to: string, category: Category = 'active', via = WEB): void {
    this.tell('incident.status-changed', by, { from: this.statusNow, to, category }, via);
    this.statusNow = to;
  }

  declined(by: ActorFact, reason: string): void {
    this.tell('incident.declined', by, { from: this.statusNow, to: 'declined', category: 'declined', reason });
    this.statusNow = 'declined';
  }

  /** Both rooms say so. */
  merged(by: ActorFact, into: RoomStory): void {
    this.tell('incident.merged', by, {
      from: this.statusNow,
      to: 'merged',
      category: 'merged',
      into: { id: into.id, reference: into.reference },
    });
    this.statusNow = 'merged';
    into.tell('incident.merged-in', by, { incident: { id: this.id, reference: this.reference } });
  }

  lead(by: ActorFact, to: ActorFact, via = WEB): void {
    this.tell('incident.role-changed', by, { role: LEAD, name: 'Lead', from: this.leadNow, to }, via);
    this.leadNow = to;
    this.people.add(to.id);
  }

  role(by: ActorFact, to: ActorFact, role: string, name: string): void {
    this.tell('incident.role-changed', by, { role, name, from: null, to });
    this.people.add(to.id);
  }

  summarised(by: ActorFact, to: string): void {
    this.tell('incident.summary-changed', by, { from: null, to });
  }

  update(by: ActorFact, text: string, nextInMinutes: number): void {
    const nextUpdateBy = new Date(this.clock.getTime() + nextInMinutes * 60_000).toISOString();
    this.tell('update.shared', by, { text, nextUpdateBy });
  }

  resolved(by: ActorFact, learned: string, via = WEB): void {
    this.tell('incident.resolved', by, { from: this.statusNow, to: 'resolved', learned }, via);
    this.statusNow = 'resolved';
  }

  /** What happened before anybody wrote it down. */
  entry(by: ActorFact, text: string, minutesAgo: number): void {
    const entryId = uuidFor(this.id, 'entry', String(this.events.length));
    const happenedAt = new Date(this.clock.getTime() - minutesAgo * 60_000).toISOString();
    this.tell('timeline.entry-added', by, { entryId, text, happenedAt }, WEB, entryId);
  }

  file(by: ActorFact, fact: ArtifactEvents['file.added']): void {
    this.tell('file.added', by, fact, WEB, fact.fileId);
  }

  private tell<Type extends keyof Told>(type: Type, by: ActorFact, data: Told[Type], via = WEB, id?: string): void {
    const seq = this.events.length + 1;
    const at: Moment = this.clock.toISOString().replace('Z', '000Z');
    this.events.push({
      ...{
        seq,
        id: id ?? uuidFor(this.id, 'event', String(seq)),
        type,
        version: 1,
        at,
        occurredAt: null,
        displayAt: at,
        late: false,
        by,
        via,
      },
      data: data as object,
    });
  }
}
