import { isOpenCategory, limits } from '#libs/war-room-protocol/vocabulary';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IncidentResolved, KindRefused, MergeRefused, SentenceMissing, TitleNotUsable, TransitionRefused } from './incidents.errors.ts';
import type { StatusTable } from './incident-states.ts';
import type {
  Declined,
  KindChanged,
  Merged,
  PrivacyChanged,
  Renamed,
  Resolved,
  SeverityChanged,
  StatusChanged,
  SummaryChanged,
} from './incidents.events.ts';
import type { Category, IncidentId, Kind, Severity } from './incidents.types.ts';

/** An incident and the moves it allows. A move that changes nothing answers null, so saying it twice is harmless. */
@Entity('incident')
export class Incident {
  @PrimaryColumn('uuid') readonly id!: IncidentId;
  @Column('text') kind!: Kind;
  @Column('int') readonly number!: number;
  @Column('text') readonly reference!: string;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) summary!: string | null;
  @Column('text') severity!: Severity;
  @Column('text') status!: string;
  @Column('text') category!: Category;
  @Column('uuid', { name: 'lead_id', nullable: true }) leadId!: string | null;
  @Column('uuid', { name: 'declared_by', nullable: true }) readonly declaredBy!: string | null;
  @Column('timestamptz', { name: 'declared_at' }) readonly declaredAt!: Date;
  /** When it stopped being open, however; null while it is. */
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) learned!: string | null;
  @Column('boolean') private!: boolean;
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto!: IncidentId | null;
  /** Why it was none. */
  @Column('text', { nullable: true }) declined!: string | null;
  @Column('text', { name: 'practice_instance', nullable: true }) readonly practiceInstance!: string | null;
  /** A team's drill is heard in the one chat that was made for it; null: in every real chat. */
  @Column('text', { name: 'heard_in', nullable: true }) readonly heardIn!: string | null;

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
      | 'status'
      | 'category'
      | 'private'
      | 'declaredBy'
      | 'declaredAt'
      | 'practiceInstance'
      | 'heardIn'
    >,
  ): Incident {
    return Object.assign(new Incident(), facts, {
      title: titleOf(facts.title),
      leadId: null,
      endedAt: null,
      learned: null,
      mergedInto: null,
      declined: null,
    });
  }

  /** @throws TitleNotUsable */
  rename(given: string): Renamed | null {
    const [from, to] = [this.title, titleOf(given)];
    if (from === to) return null;
    this.title = to;
    return { from, to };
  }

  summarise(given: string): SummaryChanged | null {
    const [from, to] = [this.summary, given.trim() || null];
    if (from === to) return null;
    this.summary = to;
    return { from, to };
  }

  /** Its number is a drill's or an incident's, and stays what people call it by. @throws KindRefused */
  changeKind(to: Kind): KindChanged | null {
    const from = this.kind;
    if (from === to) return null;
    if (from === 'drill' || to === 'drill') throw new KindRefused(this.reference);
    this.kind = to;
    return { from, to };
  }

  changeSeverity(to: Severity): Pick<SeverityChanged, 'from' | 'to'> | null {
    const from = this.severity;
    if (from === to) return null;
    this.severity = to;
    return { from, to };
  }

  /**
   * Moves it within its category or into another. Resolving, declining and merging are moves of their own, because they ask
   * for something.
   *
   * @throws UnknownStatus, TransitionRefused, SentenceMissing
   */
  changeStatus(to: string, table: StatusTable): StatusChanged | null {
    if (this.status === to) return null;
    const category = table.categoryOf(to);
    if (category === 'post_incident' && isOpenCategory(this.category)) throw new SentenceMissing();
    if (category !== this.category && (category === 'declined' || category === 'merged')) throw new TransitionRefused(this.status, to);
    return this.moveTo(to, table);
  }

  /** Opens it again, where it was thought to be over. Open already changes nothing. @throws TransitionRefused */
  reopen(table: StatusTable): StatusChanged | null {
    return isOpenCategory(this.category) ? null : this.moveTo(table.first('active'), table);
  }

  /** @throws TransitionRefused */
  accept(table: StatusTable): StatusChanged | null {
    return this.category === 'active' ? null : this.moveTo(table.first('active'), table);
  }

  /** @throws TransitionRefused */
  decline(reason: string, table: StatusTable): Declined | null {
    if (this.category === 'declined') return null;
    const change = this.moveTo(table.first('declined'), table);
    this.declined = reason;
    return { ...change, reason };
  }

  /** @throws MergeRefused, TransitionRefused */
  mergeInto(other: Incident, table: StatusTable): Merged | null {
    if (this.mergedInto === other.id) return null;
    if (other.id === this.id) throw new MergeRefused(`${this.reference} cannot be merged into itself. Name the other one.`);
    if (other.category === 'merged' || other.category === 'declined')
      throw new MergeRefused(`${other.reference} is ${other.status} itself. Name the one where people go on.`);
    if (other.heardIn !== this.heardIn) throw new MergeRefused('A drill stays apart from everything else. Resolve it instead.');
    if (other.private !== this.private || other.practiceInstance !== this.practiceInstance)
      throw new MergeRefused(
        `${this.reference} and ${other.reference} are not shown to the same people. Make both private or both public first.`,
      );
    const change = this.moveTo(table.first('merged'), table);
    this.mergedInto = other.id;
    return { ...change, into: { id: other.id, reference: other.reference } };
  }

  setPrivate(to: boolean): PrivacyChanged | null {
    if (this.private === to) return null;
    this.private = to;
    return { private: to };
  }

  /** @throws SentenceMissing, IncidentResolved, TransitionRefused */
  resolve(learned: string, table: StatusTable): Resolved {
    if (!isOpenCategory(this.category)) throw new IncidentResolved(this.reference);
    const sentence = sentenceOf(learned);
    if (sentence === '') throw new SentenceMissing();
    const { from, to } = this.moveTo(table.first('post_incident'), table);
    this.learned = sentence;
    return { from, to, learned: sentence };
  }

  private moveTo(to: string, table: StatusTable): StatusChanged {
    const [from, category] = [this.status, table.categoryOf(to)];
    if (!table.allows(this.category, category)) throw new TransitionRefused(from, to);
    this.status = to;
    this.category = category;
    if (isOpenCategory(category)) this.forgetTheEnd();
    return { from, to, category };
  }

  /** It goes on: what was thought to be its end is kept by the log, and is not true any more. */
  private forgetTheEnd(): void {
    this.endedAt = null;
    this.learned = null;
    this.mergedInto = null;
    this.declined = null;
  }
}

/** @throws TitleNotUsable */
function titleOf(given: string): string {
  const title = given.trim();
  if (title.length === 0 || title.length > limits.titleChars) throw new TitleNotUsable();
  return title;
}

/** What is kept of the sentence; a character is never cut in half. */
export const sentenceOf = (learned: string): string =>
  learned
    .trim()
    .slice(0, limits.learnedChars)
    .replace(/[\ud800-\udbff]$/, '');
