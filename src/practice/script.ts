import type { PretendPersonName } from '#src/platform/chats/plugins';

export const TITLE = 'Checkout is failing';

export interface Line {
  readonly who: PretendPersonName;
  readonly text: string;
}

/** What two colleagues say by themselves before anything is broken. */
export const OPENING: readonly Line[] = [
  { who: 'mia', text: 'Support has 12 tickets about checkout since 03:05.' },
  { who: 'bo', text: 'I see 5xx above 4 %. It started with the 03:05 deploy.' },
];

/** Said when the person asks for it, one of each at a time: first in the chat, then in the war room. */
export const PROMPTED: readonly { readonly inChat: Line; readonly here: string }[] = [
  { inChat: { who: 'bo', text: 'Pool wait is at 4.2 s on shard 7.' }, here: 'I am looking at the deploy from the war room.' },
  { inChat: { who: 'mia', text: 'Shall I tell customers that we know?' }, here: 'Yes, please. I will write the update.' },
  { inChat: { who: 'bo', text: 'Replica lag looks normal.' }, here: 'Then it is the pool. Rolling back is cheapest.' },
];

/** What those say who are in another chat than the one that the story is about. */
export const BESIDE_OPENING: Line = { who: 'mia', text: 'Sales here. Two customers ask us about checkout.' };

/** Said there whenever the person asks for something to be said. */
export const BESIDE_PROMPTED: readonly Line[] = [
  { who: 'bo', text: 'The shop in Lyon sees it too.' },
  { who: 'mia', text: 'I tell the two customers that you are at it.' },
  { who: 'bo', text: 'Lyon says it comes and goes.' },
];

/** Said there while the chat of the story is silent. */
export const BESIDE_MEANWHILE: readonly Line[] = [
  { who: 'mia', text: 'We hear each other, and the war room. Is Bo still there?' },
  { who: 'bo', text: 'Lyon can take orders again.' },
];

/** Said in the chat while nothing of it reaches us. */
export const WHILE_SILENT: readonly Line[] = [
  { who: 'bo', text: 'Rolling back now.' },
  { who: 'mia', text: 'Is anybody in the war room? I see only us here.' },
  { who: 'bo', text: 'Rollback at 20 %.' },
  { who: 'bo', text: 'Rollback at 40 %, errors are falling.' },
  { who: 'mia', text: 'Support says new tickets have stopped.' },
];

/** Said in the war room meanwhile. */
export const HERE_MEANWHILE: readonly string[] = [
  'The chat is quiet. I go on here.',
  'Dashboards show errors falling since the rollback began.',
  'Next update in ten minutes.',
];
