import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IncidentResolved, SentenceMissing, TitleNotUsable, TransitionRefused } from './incidents.errors.ts';
import { type Category, FIRST_STATUS, STATUSES, type Status } from './incident-states.ts';
import type { LeadChanged, PrivacyChanged, Resolved, SeverityChanged, StatusChanged } from './incidents.events.ts';
import type { IncidentId, Kind, Severity } from './incidents.types.ts';

const TITLE_CHARS = 200;
const LEARNED_CHARS = 1_000;

/** An incident and the moves it allows. A move that changes nothing answers null, so saying it twice is harmless. */
@Entity('incident')
export class Incident {
  @PrimaryColumn('uuid') readonly id!: IncidentId;
  @Column('text') readonly kind!: Kind;
  @Column('int') readonly number!: number;
  @Column('text') readonly reference!: string;
  @Column('text') readonly title!: string;
  @Column('text', { nullable: true }) readonly summary!: string | null;
  @Column('text') severity!: Severity;
  @Column('text') status!: Status;
  @Column('text') category!: Category;
  @Column('uuid', { name: 'lead_id', nullable: true }) leadId!: string | null;
  @Column('uuid', { name: 'declared_by', nullable: true }) readonly declaredBy!: string | null;
  @Column('timestamptz', { name: 'declared_at' }) readonly declaredAt!: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt!: Date | null;
  @Column('text', { nullable: true }) learned!: string | null;
  @Column('boolean') private!: boolean;
  @Column('text', { name: 'practice_instance', nullable: true }) readonly practiceInstance!: string | null;

  /** @throws TitleNotUsable */
  static declare(
    facts: Pick<
      Incident,
      | 'id'
      | 'kind'
      | 'number'
      | 'reference'
      | 'title'
      | 'summary'
      | 'severity'
      | 'private'
      | 'declaredBy'
      | 'declaredAt'
      | 'practiceInstance'
    >,
  ): Incident {
    const title = facts.title.trim();
    if (title.length === 0 || title.length > TITLE_CHARS) throw new TitleNotUsable();
    return Object.assign(new Incident(), facts, {
      title,
      status: FIRST_STATUS,
      category: STATUSES[FIRST_STATUS].category,
      leadId: null,
      resolvedAt: null,
      learned: null,
    });
  }

  changeSeverity(to: Severity): Pick<SeverityChanged, 'from' | 'to'> | null {
    const from = this.severity;
    if (from === to) return null;
    this.severity = to;
    return { from, to };
  }

  /** @throws TransitionRefused, SentenceMissing (resolving is a move of its own, because it asks for a sentence) */
  changeStatus(to: Status): StatusChanged | null {
    const from = this.status;
    if (from === to) return null;
    if (to === 'resolved') throw new SentenceMissing();
    this.moveTo(to);
    this.resolvedAt = null;
    return { from, to };
  }

  handLeadTo(to: LeadChanged['to'], from: LeadChanged['from']): LeadChanged | null {
    if (this.leadId === (to?.id ?? null)) return null;
    this.leadId = to?.id ?? null;
    return { from, to };
  }

  setPrivate(to: boolean): PrivacyChanged | null {
    if (this.private === to) return null;
    this.private = to;
    return { private: to };
  }

  /** @throws SentenceMissing, IncidentResolved */
  resolve(learned: string, at: Date): Resolved {
    if (STATUSES[this.status].category !== 'active') throw new IncidentResolved(this.reference);
    const sentence = sentenceOf(learned);
    if (sentence === '') throw new SentenceMissing();
    const from = this.status;
    this.moveTo('resolved');
    this.resolvedAt = at;
    this.learned = sentence;
    return { from, learned: sentence };
  }

  private moveTo(to: Status): void {
    const allowed: readonly string[] = STATUSES[this.status].next;
    if (!allowed.includes(to)) throw new TransitionRefused(this.status, to);
    this.status = to;
    this.category = STATUSES[to].category;
  }
}

/** What is kept of the sentence; a character is never cut in half. */
export const sentenceOf = (learned: string): string =>
  learned
    .trim()
    .slice(0, LEARNED_CHARS)
    .replace(/[\ud800-\udbff]$/, '');
