import type { Content, Form } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import type { Verb } from './conversation.types.ts';

/** The button by which the form is asked for again, by a gesture that opens one. */
export function formOffer(verb: Verb, form: Form, prefix: string): Content {
  const blocks: Content['blocks'] = [
    {
      t: 'p',
      c: [
        { t: 'text', v: 'Fill it in by the button, or write it in one line: ' },
        { t: 'code', v: `${prefix}${verb.usage}` },
      ],
    },
    { t: 'actions', items: [{ t: 'button', id: verb.name, label: form.title, tone: 'primary', opensForm: true }] },
  ];
  return { blocks, summary: summarise(blocks) };
}

/** For a chat without forms. */
export function lineOffer(verb: Verb, prefix: string): Content {
  const blocks: Content['blocks'] = [
    {
      t: 'p',
      c: [
        { t: 'text', v: 'This chat has no forms. Write it in one line: ' },
        { t: 'code', v: `${prefix}${verb.usage}` },
      ],
    },
  ];
  return { blocks, summary: summarise(blocks) };
}
