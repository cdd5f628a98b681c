import type { Nudges } from '#src/updates/nudges.service';
import type { Updates } from '#src/updates/updates.service';
import type { Handlers } from './handlers.ts';

/** Where it stands, told by somebody, and what Muster asks for, answered. */
export const updateCommands = (updates: Updates, nudges: Nudges): Handlers<'update' | 'snooze' | 'skip'> => ({
  update: async (tx, request, body) => ({ seq: await updates.share(tx, request, body) }),
  snooze: async (tx, request, { nudgeId, minutes }) => ({ seq: (await nudges.snooze(tx, request, nudgeId, minutes)).seq }),
  skip: async (tx, request, { nudgeId }) => ({ seq: (await nudges.skip(tx, request, nudgeId)).seq }),
});
