import type { Answer, ChatEvent, Form } from '@musterhq/chat-port';
import type { Chats } from '#src/platform/chats/chats';
import type { Database, Tx } from '#src/platform/database/database';
import { finishInteraction } from '#src/platform/inbox/interactions';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Log } from '#src/platform/logging/logging';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import type { Actor } from '#src/people/people.types';
import { notYet, sentenceFor } from './answers.ts';
import { FormInvalid, isTellable } from './conversation.errors.ts';
import type { Reply, SubjectOf } from './conversation.types.ts';
import type { Asked, Verbs } from './verbs.service.ts';

export type InteractionEvent = Extract<ChatEvent, { type: 'command' | 'action' | 'form' | 'shortcut' }>;

/** The verb that takes a whole line, outside a room. */
const DECLARE = 'declare';
const HELP = 'help';
const FORM_WAIT_MS = 2_000;

/**
 * Commands, buttons and forms from any chat, and lines typed in the war room, become the same calls on the same verbs.
 *
 * An interaction is validated, applied and marked done in one transaction, so it is acted on once, however often and
 * wherever it is tried. Opening a form only reads.
 */
export class Conversation {
  private subjectOf: SubjectOf = () => Promise.resolve(null);

  constructor(
    private readonly database: Database,
    private readonly verbs: Verbs,
    private readonly people: People,
    private readonly chats: Chats,
    private readonly log: Log,
    private readonly publicUrl: string,
  ) {}

  /** Rooms know which chat room belongs to which incident. */
  useSubjects(subjectOf: SubjectOf): void {
    this.subjectOf = subjectOf;
  }

  /** What the person sees. Never rejects: whatever goes wrong is said to them, and nothing half-done is kept. */
  async answer(item: InboxItem): Promise<Answer> {
    try {
      return await this.act(item, item.event as InteractionEvent);
    } catch (error) {
      if (!isTellable(error))
        this.log.error({ instance: item.instance, envelope: item.envelopeId, error: String(error) }, 'interaction failed');
      const kept = await this.database.transaction((tx) => finishInteraction(tx, item)).catch(() => null);
      // Not even that it failed could be written down: whoever finds it later does it, and then "nothing was changed" was a lie.
      if (kept === null) return { t: 'private', content: notYet(this.publicUrl) };
      if (error instanceof FormInvalid && item.event.type === 'form') return { t: 'errors', errors: { ...error.fields } };
      return { t: 'private', content: sentenceFor(error, this.publicUrl) };
    }
  }

  /** A line from the war room's composer, without its slash: the same words as in the chats. */
  async say(tx: Tx, line: string, by: Actor, incidentId: string, requestId: string): Promise<Reply> {
    const asked = this.verbs.parse(line, null);
    this.verbs.check(asked, incidentId);
    return asked.verb.run({ tx, by, incidentId, requestId, text: asked.text, values: {} });
  }

  private async act(item: InboxItem, event: InteractionEvent): Promise<Answer> {
    if (event.type === 'form' && event.dismissed) return this.done(item);
    const person = await this.people.meet(event.via.user);
    const by: Actor = { person, via: { id: item.instance, name: this.chats.get(item.instance)?.name ?? item.instance } };
    const incidentId = await this.incidentOf(event);
    const { verb, text } = this.asked(event, incidentId);

    const form = event.type === 'form' ? null : (verb.form?.(text) ?? null);
    if (form) return this.openForm(item, event, form);

    this.verbs.check({ verb, text }, incidentId);
    const values = event.type === 'form' ? event.values : {};
    const requestId = uuidFor('interaction', item.instance, item.tenant, item.envelopeId);
    const reply = await this.database.transaction(async (tx) => {
      if (!(await finishInteraction(tx, item))) return null;
      return verb.run({ tx, by, incidentId, requestId, text, values });
    });
    return reply ? { t: 'private', content: reply.say } : { t: 'none' };
  }

  private asked(event: InteractionEvent, incidentId: string | null): Asked {
    if (event.type === 'command') return this.verbs.parse(event.text || (incidentId ? HELP : DECLARE), incidentId ? null : DECLARE);
    if (event.type === 'shortcut') return this.verbs.parse(DECLARE, null);
    if (event.type === 'form') return this.verbs.parse(event.id, null);
    return this.verbs.parse(`${event.id} ${event.value ?? ''}`, null);
  }

  private async incidentOf(event: InteractionEvent): Promise<string | null> {
    const room = event.via.room;
    return room ? this.database.transaction((tx) => this.subjectOf(tx, room)) : null;
  }

  /** Some chats open a form by a call of its own, others as the answer itself: the platform's capabilities say which. */
  private async openForm(item: InboxItem, event: InteractionEvent, form: Form): Promise<Answer> {
    await this.done(item);
    const forms = this.chats.get(item.instance)?.adapter.forms;
    if (!forms) return { t: 'form', form };
    const opened = await forms.open(event.via, form, AbortSignal.timeout(FORM_WAIT_MS));
    if (opened.outcome === 'done') return { t: 'none' };
    this.log.warn({ instance: item.instance, fault: opened.fault.code }, 'form could not be opened');
    return {
      t: 'private',
      content: sentenceFor(
        new FormInvalid({
          form: 'The form could not be opened in time. Write it in one line instead, for example: /incident Checkout is failing',
        }),
        this.publicUrl,
      ),
    };
  }

  private async done(item: InboxItem): Promise<Answer> {
    await this.database.transaction((tx) => finishInteraction(tx, item));
    return { t: 'none' };
  }
}
