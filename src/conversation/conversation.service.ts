import type { Answer, Form } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { toText } from '#libs/rich-text/to-text';
import type { Chats } from '#src/platform/chats/chats';
import type { Database, Tx } from '#src/platform/database/database';
import { finishInteraction } from '#src/platform/inbox/interactions';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Log } from '#src/platform/logging/logging';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import type { Actor, PersonId } from '#src/people/people.types';
import { notKept, notYet, onItsWay, sentenceFor } from './answers.ts';
import { FormInvalid, NotUnderstood, ReadByAll, isTellable } from './conversation.errors.ts';
import {
  type InteractionEvent,
  isSpoken,
  type Keeper,
  type Named,
  type Offers,
  type Reply,
  SLASH_COMMAND,
  type Subjects,
  type Verb,
} from './conversation.types.ts';
import { formOffer, lineOffer } from './form-offers.ts';
import { fromState, toState } from './form-state.ts';
import { appliedAlready, appliedWords, isLate, isOfferable, namedIn, offerOf, tooLateWords } from './late-commands.ts';
import { peopleIn } from './mentions.ts';
import { PickedMessages } from './picked-message.ts';
import { acceptedOffer, OFFER, offerFor } from './offers.ts';
import type { Asked, Verbs } from './verbs.service.ts';

interface Request extends Asked {
  readonly requestId: string;
  readonly mentions: readonly Named[];
}

/** The verb that takes a whole line, outside a room. */
const DECLARE = 'declare';
/** What is asked for by the command alone, in an incident's room. */
const WHAT_NOW = 'what-now';
/** What is asked for by Muster's name alone, anywhere else. */
const WHAT_GOES_ON = 'what-goes-on';
const FORM_WAIT_MS = 2_000;
const LEADING_COMMAND = new RegExp(`^\\s*${SLASH_COMMAND}(?=\\s|$)`, 'i');
const WAR_ROOM_PREFIX = '/';

/**
 * Commands, buttons and forms from any chat, and lines typed in the war room, become the same calls on the same verbs.
 *
 * An interaction is validated, applied and marked done in one transaction, so it is acted on once, however often and
 * wherever it is tried. Opening a form only reads.
 */
export class Conversation {
  private subjects: Subjects = {
    hold: () => Promise.resolve(),
    ofRoom: () => Promise.resolve(null),
    maySee: () => Promise.resolve(false),
    open: () => Promise.resolve([]),
  };
  private keeper: Keeper | null = null;
  private offers: Offers | null = null;

  constructor(
    private readonly database: Database,
    private readonly verbs: Verbs,
    private readonly people: People,
    private readonly chats: Chats,
    private readonly log: Log,
    private readonly publicUrl: string,
  ) {}

  /** Rooms know which chat room belongs to which incident. */
  useSubjects(subjects: Subjects, keeper: Keeper, offers: Offers): void {
    this.subjects = subjects;
    this.keeper = keeper;
    this.offers = offers;
  }

  /** What the person sees. Never rejects: whatever goes wrong is said to them, and nothing half-done is kept. */
  async answer(item: InboxItem): Promise<Answer> {
    try {
      return await this.act(item, item.event as InteractionEvent);
    } catch (error) {
      if (!isTellable(error)) this.log.error({ instance: item.instance, envelope: item.envelopeId, error }, 'interaction failed');
      const kept = await this.database.transaction((tx) => finishInteraction(tx, item)).catch(() => null);
      // Not even that it failed could be written down: whoever finds it later does it, and then "nothing was changed" was a lie.
      if (kept === null) return { t: 'private', content: notYet(this.publicUrl) };
      // Said in a message hours ago, and no command: nobody waits to be asked what they meant.
      const event = item.event as InteractionEvent;
      if (error instanceof NotUnderstood && isSpoken(event) && isLate(item, event)) return { t: 'none' };
      if (error instanceof FormInvalid && item.event.type === 'form') return { t: 'errors', errors: { ...error.fields } };
      return { t: 'private', content: this.offerFor(error, item) ?? sentenceFor(error, this.publicUrl) };
    }
  }

  /** What they are told while their answer takes longer than the chat waits for it. */
  meanwhile({ event }: InboxItem): Answer {
    return event.type === 'form' && event.dismissed ? { t: 'none' } : { t: 'private', content: onItsWay(this.publicUrl) };
  }

  /** What they are told when it could not even be written down. A form stays open with what they wrote. */
  notKept({ event }: InboxItem): Answer {
    if (event.type === 'form' && event.dismissed) return { t: 'none' };
    const words = notKept(this.publicUrl);
    const [field] = event.type === 'form' ? Object.keys(event.values) : [];
    return field === undefined ? { t: 'private', content: textContent(words) } : { t: 'errors', errors: { [field]: words } };
  }

  /** A line from the war room's composer, without its slash: the same words as in the chats. */
  async say(tx: Tx, line: string, by: Actor, incidentId: string, requestId: string): Promise<Reply> {
    const words = line.replace(LEADING_COMMAND, '').trim();
    const asked = this.verbs.parse(words || WHAT_NOW, null, WAR_ROOM_PREFIX);
    this.verbs.check(asked, incidentId);
    return asked.verb.run({
      tx,
      by: { ...by, via: { ...by.via, how: `${WAR_ROOM_PREFIX}${asked.verb.name}` } },
      incidentId,
      requestId,
      prefix: WAR_ROOM_PREFIX,
      text: asked.text,
      values: {},
      mentions: [],
      buttons: false,
    });
  }

  /**
   * What was asked for too late, done now under the name of whoever applies it, once. The same request again answers the same.
   *
   * @throws OfferNotFound, IdUsedBefore, and whatever the verb throws: then it can still be applied
   */
  async apply(tx: Tx, offerId: string, by: Actor, incidentId: string, requestId: string): Promise<Reply> {
    if (!this.offers) throw new Error('nobody keeps what was offered');
    await this.subjects.hold(tx, incidentId);
    const offered = await this.offers.find(tx, incidentId, offerId);
    const { offer, askedBy, applied } = offered;
    const before = await this.offers.appliedBefore(tx, incidentId, requestId, offerId);
    if (before !== null) return { say: appliedWords(offer, askedBy), seq: before };
    if (applied) return { say: appliedAlready(applied.by), seq: applied.seq };
    const { verb, text } = this.verbs.parse(offer.text, null, WAR_ROOM_PREFIX);
    const via = { ...by.via, how: `${WAR_ROOM_PREFIX}${verb.name}` };
    const request = { tx, by: { ...by, via }, incidentId, requestId: uuidFor('applied', requestId), prefix: WAR_ROOM_PREFIX };
    await verb.run({ ...request, text, values: {}, mentions: namedIn(offer), buttons: false });
    return { say: appliedWords(offer, askedBy), seq: await this.offers.apply(tx, incidentId, requestId, offerId, offered, by) };
  }

  private async act(item: InboxItem, event: InteractionEvent): Promise<Answer> {
    if (event.type === 'form' && event.dismissed) {
      await this.done(item);
      return { t: 'none' };
    }
    const person = await this.people.meet(event.via.user);
    const incidentId = await this.database.transaction((tx) => this.incidentOf(tx, event, person.id));
    const { text, mentions, requestId, ...asked } = await this.asked(item, event, incidentId);
    const verb = (await this.aboutPicked(item, event, incidentId)) ?? asked.verb;

    const name = this.chats.get(item.instance)?.name ?? item.instance;
    const by: Actor = { person, via: { id: item.instance, name, how: howOf(event, verb) } };

    const form = event.type === 'form' ? null : ((await verb.form?.(text, incidentId)) ?? null);
    if (verb.late !== 'answer' && isLate(item, event))
      return this.tooLate(item, event, { incidentId, requestId, verb, text, mentions, by, isWhole: form === null });
    // Where it was asked for comes back with what was filled in: a form is in no room.
    const { room } = event.via;
    const about = verb.inRoom && incidentId && room ? { state: toState(incidentId, room) } : {};
    if (form) return this.openForm(item, event, verb, { ...form, ...about });
    if (isForThemAlone(verb, text) && this.isReadByAll(item, event)) throw new ReadByAll(this.publicUrl, this.canBeAlone(item));

    const values = event.type === 'form' ? event.values : {};
    const reply = await this.database.transaction(async (tx) => {
      if (!(await finishInteraction(tx, item))) return null;
      if (incidentId !== null) await this.subjects.hold(tx, incidentId);
      // It may have become private since the form was opened, or since the room was looked up; while it is held it does not.
      const now = (await this.incidentOf(tx, event, person.id)) === incidentId ? incidentId : null;
      this.verbs.check({ verb, text }, now);
      return verb.run({
        tx,
        by,
        incidentId: now,
        requestId,
        prefix: prefixOf(event),
        text,
        values,
        mentions,
        buttons: this.hasButtons(item, event),
      });
    });
    if (!reply) return { t: 'none' };
    return { t: event.type === 'action' && event.id === OFFER ? 'replace' : 'private', content: reply.say };
  }

  /** Nothing is changed. Who asked is told, and whoever sees the room can apply it. */
  private async tooLate(
    item: InboxItem,
    event: InteractionEvent,
    late: Request & { readonly incidentId: string | null; readonly by: Actor; readonly isWhole: boolean },
  ): Promise<Answer> {
    const { incidentId, requestId, verb, text, mentions, by, isWhole } = late;
    const offer = offerOf(verb, text, mentions, by.person, item.occurredAt);
    const isOffered = await this.database.transaction(async (tx) => {
      if (!(await finishInteraction(tx, item))) return null;
      if (incidentId === null || !isWhole || !isOfferable(verb, event) || !this.offers) return false;
      await this.subjects.hold(tx, incidentId);
      if ((await this.incidentOf(tx, event, by.person.id)) !== incidentId) return false;
      await this.offers.add(tx, incidentId, requestId, offer, by);
      return true;
    });
    if (isOffered === null) return { t: 'none' };
    const content = tooLateWords(offer.text, item.occurredAt, isOffered, this.publicUrl);
    // With what was filled in, so that it need not be written again.
    return event.type === 'form' ? { t: 'errors', errors: { late: toText(content) } } : { t: 'private', content };
  }

  private async asked(item: InboxItem, event: InteractionEvent, incidentId: string | null): Promise<Request> {
    const requestId = requestIdOf(item);
    const { text, mentions } = await peopleIn(this.people, event, (word) => this.verbs.get(word)?.ofSomebody);
    if (event.type === 'action' && event.id === OFFER) {
      const offered = acceptedOffer(event.value ?? '');
      return { ...this.verbs.parse(`${DECLARE} ${offered.title}`, null), requestId: offered.requestId, mentions };
    }
    return { ...this.lineOf(event, text, incidentId), requestId, mentions };
  }

  private async aboutPicked(item: InboxItem, event: InteractionEvent, incidentId: string | null): Promise<Verb | null> {
    const declare = this.verbs.get(DECLARE);
    if (!this.keeper || !declare) return null;
    return new PickedMessages(this.database, this.keeper, this.subjects, declare).verbFor(item, event, incidentId);
  }

  private lineOf(event: InteractionEvent, text: string, incidentId: string | null): Asked {
    switch (event.type) {
      case 'command':
        // "Hello" is no title: what is said in a message is declared by the button that is offered then.
        if (isSpoken(event)) return this.verbs.parse(text || (incidentId ? WHAT_NOW : WHAT_GOES_ON), null, prefixOf(event));
        return this.verbs.parse(text || (incidentId ? WHAT_NOW : DECLARE), incidentId ? null : DECLARE, prefixOf(event));
      case 'shortcut':
        return this.verbs.parse(DECLARE, null);
      case 'form':
        return this.verbs.parse(event.id, null);
      case 'action':
        return this.verbs.parse(`${event.id} ${event.value ?? ''}`, null);
    }
  }

  private offerFor(error: unknown, item: InboxItem): ReturnType<typeof offerFor> {
    const event = item.event as InteractionEvent;
    // Nobody wrote a line that could be a title.
    if (event.type === 'form') return null;
    return offerFor(error, { buttons: this.hasButtons(item, event), prefix: prefixOf(event), requestId: requestIdOf(item) });
  }

  private hasButtons({ instance }: InboxItem, { via }: InteractionEvent): boolean {
    return (this.chats.get(instance)?.adapter.capabilities(via.room).features.buttons ?? 'none') !== 'none';
  }

  private async incidentOf(tx: Tx, event: InteractionEvent, person: PersonId): Promise<string | null> {
    const state = event.type === 'form' && event.state ? fromState(event.state) : null;
    const room = state ? state.room : event.via.room;
    const heard = room ? await this.subjects.ofRoom(tx, room, person) : null;
    if (!state || heard === state.incidentId) return heard;
    return (await this.subjects.maySee(tx, state.incidentId, person)) ? state.incidentId : null;
  }

  /**
   * By a call of its own or as the answer itself, as the platform has it. A gesture that opens none there is answered with a
   * button that does, or with how to do without.
   */
  private async openForm(item: InboxItem, event: InteractionEvent, verb: Verb, form: Form): Promise<Answer> {
    if (!(await this.done(item))) return { t: 'none' };
    const adapter = this.chats.get(item.instance)?.adapter;
    const able = adapter?.capabilities(event.via.room);
    if (isSpoken(event) || !able?.formsFrom.includes(event.type === 'action' ? 'action' : 'command')) {
      const byButton = able?.formsFrom.includes('action') && (able.features.buttons ?? 'none') !== 'none';
      return { t: 'private', content: byButton ? formOffer(verb, form, prefixOf(event)) : lineOffer(verb, prefixOf(event)) };
    }
    if (!adapter?.forms) return { t: 'form', form };
    const opened = await adapter.forms.open(event.via, form, AbortSignal.timeout(FORM_WAIT_MS));
    if (opened.outcome === 'done') return { t: 'none' };
    this.log.warn({ instance: item.instance, fault: opened.fault.code }, 'form could not be opened');
    return {
      t: 'private',
      content: sentenceFor(
        new FormInvalid({
          form: `The form could not be opened in time. Write it in one line instead, for example: ${prefixOf(event)}Checkout is failing`,
        }),
        this.publicUrl,
      ),
    };
  }

  /** What is typed in such a chat is answered in the open. */
  private isReadByAll({ instance }: InboxItem, { type, via }: InteractionEvent): boolean {
    const features = this.chats.get(instance)?.adapter.capabilities(via.room).features;
    return type === 'command' && (features?.private ?? 'none') === 'none';
  }

  private canBeAlone({ instance }: InboxItem): boolean {
    return this.chats.get(instance)?.adapter.people?.direct !== undefined;
  }

  private done(item: InboxItem): Promise<boolean> {
    return this.database.transaction((tx) => finishInteraction(tx, item));
  }
}

const isForThemAlone = ({ forThemAlone = false }: Verb, text: string): boolean =>
  typeof forThemAlone === 'boolean' ? forThemAlone : forThemAlone(text);

/** What people write before a verb in this chat. A press and a form tell nothing of it: there it is the command's usual name. */
const prefixOf = (event: InteractionEvent): string =>
  event.type === 'command' ? (event.prefix ?? `/${event.name} `) : `/${SLASH_COMMAND} `;

/** What others do to have the same: the command, or what was pressed. */
function howOf(event: InteractionEvent, { name }: Verb): string {
  if (event.type === 'action') return 'a button';
  if (isSpoken(event)) return `@Muster ${name}`;
  return event.type === 'shortcut' ? 'a shortcut' : `${prefixOf(event)}${name}`;
}

const requestIdOf = ({ instance, tenant, envelopeId }: InboxItem): string => uuidFor('interaction', instance, tenant, envelopeId);
