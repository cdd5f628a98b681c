import type { Verb } from '#src/conversation/conversation.types';

/** How the same is done over the API, and what is written, word by word. */
export const BESIDE: Readonly<Record<string, { readonly api: string; readonly example: string }>>;
export function commandsPage(verbs: readonly Pick<Verb, 'name' | 'aliases' | 'usage' | 'help' | 'inRoom'>[]): string;
