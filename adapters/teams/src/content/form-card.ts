import type { Field, Form } from '@musterhq/chat-port';
import { z } from 'zod';
import { type Card, type CardElement, type InputElement, cardOf } from './card.ts';
import { linesOf, run } from './runs.ts';

type Values = Readonly<Record<string, readonly string[]>>;

/** What was typed, and what is wrong with it, by field. */
export interface Shortcomings {
  readonly values: Values;
  readonly errors: Readonly<Record<string, string>>;
}

/** A dialog. It carries its whole form with it, so that it can be shown again without anybody remembering it. */
export function formCard(form: Form, wrong?: Shortcomings): Card {
  const fields = form.fields.flatMap((field): CardElement[] => {
    const error = wrong?.errors[field.id];
    const told = error === undefined ? [] : linesOf([run(error, { color: 'Attention', weight: 'Bolder' })]);
    return [...told, ...hint(field), inputOf(field, wrong?.values[field.id])];
  });
  const data = { msteams: { type: 'task/submit' }, form };
  return cardOf([...fields, { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: form.submit, data }] }]);
}

const hint = ({ hint: words }: Field): CardElement[] => (words === undefined ? [] : linesOf([run(words, { isSubtle: true })]));

function inputOf(field: Field, typed: readonly string[] | undefined): InputElement {
  const given = typed ?? (field.value === undefined ? [] : [field.value].flat());
  const value = given.length === 0 ? {} : { value: given.join(',') };
  const errorMessage = field.required ? { errorMessage: `${field.label} is needed` } : {};
  const base = { id: field.id, label: field.label, isRequired: field.required ?? false, ...value, ...errorMessage };
  switch (field.t) {
    case 'line':
    case 'text':
      return { ...base, type: 'Input.Text', isMultiline: field.t === 'text', ...(field.max !== undefined && { maxLength: field.max }) };
    case 'choice':
    case 'choices':
      return { ...base, type: 'Input.ChoiceSet', isMultiSelect: field.t === 'choices', choices: field.options.map(choice) };
    case 'number':
      return { ...base, type: 'Input.Number' };
    case 'date':
      return { ...base, type: 'Input.Date' };
    case 'person':
    case 'instant':
      return { ...base, type: 'Input.Text', isMultiline: false, placeholder: field.t === 'instant' ? '2026-03-02T10:00Z' : 'A name' };
  }
}

const choice = ({ label, value }: { label: string; value: string }): { title: string; value: string } => ({ title: label, value });

const options = z.array(z.object({ label: z.string(), value: z.string() }));
const common = { id: z.string(), label: z.string(), required: z.boolean().optional(), hint: z.string().optional() };
const formSchema = z.object({
  id: z.string(),
  title: z.string(),
  submit: z.string(),
  state: z.string().optional(),
  fields: z.array(
    z.discriminatedUnion('t', [
      z.object({ ...common, t: z.enum(['line', 'text']), max: z.number().optional(), value: z.string().optional() }),
      z.object({ ...common, t: z.enum(['choice', 'choices']), options, value: z.array(z.string()).optional() }),
      z.object({ ...common, t: z.enum(['person', 'date', 'instant', 'number']), value: z.string().optional() }),
    ]),
  ),
});

/** A form that came back with its answer: from a person's Teams, so it is looked at like anything that comes from there. */
export function formOf(data: unknown): Form | undefined {
  const { success, data: form } = formSchema.safeParse(data);
  return success ? (form as Form) : undefined;
}
