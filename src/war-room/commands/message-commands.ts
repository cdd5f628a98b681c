import type { Request } from '#src/incidents/incidents.service';
import type { Ask, Edits } from '#src/rooms/edits.service';
import type { Marks } from '#src/rooms/marks.service';
import type { SayAgain } from '#src/rooms/say-again.service';
import type { Timeline } from '#src/timeline/timeline.service';
import type { Handlers } from './handlers.ts';

/** What a person does with what was said, and with the timeline that is made of it. */
export const messageCommands = (
  edits: Edits,
  marks: Marks,
  sayAgain: SayAgain,
  timeline: Timeline,
): Handlers<'edit' | 'delete' | 'react' | 'pin' | 'say-again' | 'entry' | 'edit-entry' | 'hide'> => ({
  edit: async (tx, request, { messageId, text }) => ({ seq: await edits.edit(tx, ask(request), messageId, text) }),
  delete: async (tx, request, { messageId }) => ({ seq: await edits.delete(tx, ask(request), messageId) }),
  react: async (tx, request, { messageId, emoji, on }) => ({ seq: await marks.react(tx, ask(request), messageId, emoji, on) }),
  pin: async (tx, request, { messageId, on }) => ({ seq: await marks.pin(tx, ask(request), messageId, on) }),
  'say-again': (tx, request, { messageId = null }) => sayAgain.ask(tx, ask(request), messageId),
  entry: async (tx, request, { text, at }) => ({ seq: await timeline.add(tx, ask(request), text, new Date(at)) }),
  'edit-entry': async (tx, request, { entryId, text, at }) => ({
    seq: await timeline.edit(tx, ask(request), entryId, text, new Date(at)),
  }),
  hide: async (tx, request, { itemId, on }) => ({ seq: await timeline.hide(tx, ask(request), itemId, on) }),
});

const ask = ({ id, by, requestId }: Request): Ask => ({ incidentId: id, by, requestId });
