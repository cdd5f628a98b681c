import type { TeamsBody } from './render.ts';
import { type Wire, stringOf, wireOf, wiresOf } from '#libs/wire/wire';

const MARK = 'muster:';

/**
 * The key of a send is the name of its card's first element, which nobody sees and which goes wherever the card does. Teams has no field
 * of a message that is ours. Whoever changes the message has to put it there again, because the whole card is replaced.
 */
export function keyed(body: TeamsBody, key: string): TeamsBody {
  const [{ content, ...attachment }] = body.attachments;
  const [first, ...rest] = content.body;
  if (!first || first.id !== undefined) return body;
  const named = { ...first, id: `${MARK}${key}` };
  return { ...body, attachments: [{ ...attachment, content: { ...content, body: [named, ...rest] } }] };
}

/** Of a message as Graph gives it, in which cards are text. */
export function keyOf(message: Wire): string | undefined {
  for (const card of cardsIn(message)) {
    const [first] = wiresOf(card.body);
    const id = stringOf(first?.id);
    if (id?.startsWith(MARK)) return id.slice(MARK.length);
  }
  return undefined;
}

export const cardsIn = (message: Wire): Wire[] => wiresOf(message.attachments).map(({ content }) => cardIn(content));

function cardIn(content: unknown): Wire {
  try {
    return wireOf(JSON.parse(stringOf(content) ?? '{}'));
  } catch {
    return {};
  }
}
