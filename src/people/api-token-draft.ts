import { tokenToMake } from '#libs/war-room-protocol/commands';
import { parse } from '#src/platform/http/parse';
import type { ToMake } from './api-tokens.service.ts';
import { SCOPES, type Scope } from './people.types.ts';

/** How long a token that is made on the page may be good for. */
export const DAYS = [30, 90, 365] as const;

/** What somebody typed to make a token; shown again when it could not be made. */
export interface TokenDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: until it is revoked. */
  readonly days: number | null;
}

/** Reads a posted form; without one, what the form begins with. */
export function tokenDraftOf(fields: unknown): TokenDraft {
  if (typeof fields !== 'object' || fields === null) return { name: '', scopes: ['read'], days: 90 };
  const { name, scopes, days } = fields as Readonly<Record<string, unknown>>;
  const ticked = [scopes].flat();
  return {
    name: typeof name === 'string' ? name.trim() : '',
    scopes: SCOPES.filter((scope) => ticked.includes(scope)),
    days: DAYS.find((one) => String(one) === days) ?? null,
  };
}

/** @throws BadRequest */
export function toMakeOf({ name, scopes, days }: TokenDraft, now: Date): ToMake {
  const asked = parse(tokenToMake, { name, scopes: [...scopes] });
  return { ...asked, expiresAt: days === null ? null : new Date(now.getTime() + days * 24 * 60 * 60 * 1_000) };
}
