import type { Content, UserRef } from '@musterhq/chat-port';

/** The people a message mentions, wherever in it they stand. */
export function mentionedIn(content: Content): UserRef[] {
  const found: UserRef[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      const { t, who } = node as { t?: unknown; who?: unknown };
      if (t === 'mention' && typeof who === 'object' && who !== null && 'user' in who) found.push(who as UserRef);
      else Object.values(node).forEach(visit);
    }
  };
  visit(content.blocks);
  return found;
}
