import type { Choice, Field, Form } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { FormInvalid } from './conversation.errors.ts';
import type { Call, InteractionEvent, Keeper, Picked, Reply, Subjects, Verb } from './conversation.types.ts';
import { pickedFrom, toPicked } from './form-state.ts';

const WHERE = 'incident';
const NEW = 'new';
const TITLE_MAX = 200;

/** What is asked for by a message that somebody picked: kept where it was said, or as the first evidence of an incident. */
export class PickedMessages {
  constructor(
    private readonly database: Database,
    private readonly keeper: Keeper,
    private readonly subjects: Subjects,
    /** Declares from a line or a form. */
    private readonly declare: Verb,
  ) {}

  /** Null when no message was picked. Asks the chat for names: outside a transaction. */
  async verbFor(item: InboxItem, event: InteractionEvent, incidentId: string | null): Promise<Verb | null> {
    const picked = await this.pickedBy(item, event);
    if (!picked && event.type === 'form' && pickedFrom(event.state) !== null) return { ...this.declare, run: gone };
    if (!picked) return null;
    const words = await this.keeper.prepare(picked);
    if (event.type === 'form') return { ...this.declare, run: (call) => this.filledIn(call, picked) };
    if (incidentId !== null) return { ...this.declare, inRoom: true, form: () => null, run: (call) => this.keep(call, incidentId, picked) };
    return {
      ...this.declare,
      form: async () => {
        const form = await this.declare.form?.('', null);
        return form ? this.about(picked, words, item, form) : null;
      },
    };
  }

  /** Its own gesture, or the one by which its form was opened: of the same person, whatever the form says. */
  private async pickedBy({ instance, tenant }: InboxItem, event: InteractionEvent): Promise<Picked | null> {
    if (event.type === 'shortcut') return pickedIn(event);
    const envelope = event.type === 'form' ? pickedFrom(event.state) : null;
    if (envelope === null) return null;
    const [row] = await this.database.query<{ body: InteractionEvent | null }>(
      'select body from inbox where instance = $1 and tenant = $2 and envelope_id = $3',
      [instance, tenant, envelope],
    );
    return row?.body?.type === 'shortcut' && row.body.via.user.user === event.via.user.user ? pickedIn(row.body) : null;
  }

  /** Declaring, with the message's first words as the title, or adding it to one that is open. */
  private async about(picked: Picked, words: string, item: InboxItem, form: Form): Promise<Form> {
    const open = await this.database.transaction((tx) => this.subjects.open(tx, picked.by, item.instance));
    const value = firstWords(words);
    const fields = form.fields.map((field): Field =>
      field.id === 'title' && field.t === 'line' ? { ...field, value, required: open.length === 0 } : field,
    );
    const state = toPicked(item.envelopeId);
    if (open.length === 0) return { ...form, fields, state };
    const options: Choice[] = open.map(({ id, reference, title: of }) => ({ value: id, label: `${reference} ${of}` }));
    const where: Field = {
      id: WHERE,
      label: 'What does this message belong to?',
      t: 'choice',
      value: [NEW],
      options: [{ value: NEW, label: 'A new incident, as below' }, ...options],
    };
    return { ...form, title: 'Keep this message', submit: 'Keep', fields: [where, ...fields], state };
  }

  private async filledIn(call: Call, picked: Picked): Promise<Reply> {
    const where = call.values[WHERE]?.[0] ?? NEW;
    if (where !== NEW) {
      await this.subjects.hold(call.tx, where);
      if (!(await this.subjects.maySee(call.tx, where, call.by.person.id)))
        throw new FormInvalid({ [WHERE]: 'This incident is not there for you any more. Choose another one.' });
      return this.keep(call, where, picked);
    }
    const declared = await this.declare.run(call);
    if (declared.incidentId) await this.keep(call, declared.incidentId, picked);
    return declared;
  }

  private keep({ tx, by, requestId }: Call, incidentId: string, picked: Picked): Promise<Reply> {
    return this.keeper.keep(tx, { incidentId, by, requestId: uuidFor('picked', requestId) }, picked);
  }
}

/** What was picked is kept word by word for a month only. Without it, nothing is declared: it was what the form is about. */
function gone(): never {
  throw new FormInvalid({ title: 'The message that this is about was picked too long ago. Close this form, and pick it again.' });
}

function pickedIn(event: Extract<InteractionEvent, { type: 'shortcut' }>): Picked | null {
  const { message, permalink, via } = event;
  return message ? { message, by: via.user, ...(permalink ? { permalink } : {}) } : null;
}

function firstWords(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length <= TITLE_MAX ? line : `${line.slice(0, TITLE_MAX - 1).trimEnd()}…`;
}
