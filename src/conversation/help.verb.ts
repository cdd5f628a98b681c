import { textContent } from '#libs/rich-text/text-content';
import type { Verb } from './conversation.types.ts';
import type { Verbs } from './verbs.service.ts';

/** What can be written here, in the words that work here. */
export function helpVerb(verbs: Verbs): Verb {
  return {
    name: 'help',
    usage: 'help',
    help: 'show what can be written',
    inRoom: false,
    run({ incidentId }) {
      const lines = verbs
        .all()
        .filter(({ inRoom }) => !inRoom || incidentId !== null)
        .map(({ usage, help }) => `${usage}: ${help}`);
      return Promise.resolve({ say: textContent(lines.join('\n')), seq: null });
    },
  };
}
