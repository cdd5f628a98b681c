import { isIP } from 'node:net';
import { LOOPBACK, type Reachable, addressesOf } from '#src/platform/config/addresses-of';

/** For whom a passkey is made, in the words of WebAuthn. */
export interface RelyingParty {
  /** The name of the war room. A passkey is bound to it for ever. */
  readonly id: string;
  /** Where browsers may use it: every address of the same war room that can have passkeys at all. */
  readonly origins: readonly string[];
}

/**
 * The war room as browsers know it. Null where they know no passkeys: at a bare IP address, and over plain http, unless it is this
 * machine by name. `MUSTER_OTHER_URLS` take the same passkeys where the browser asks `/.well-known/webauthn` of the name.
 */
export function relyingPartyOf(config: Reachable): RelyingParty | null {
  const [first, ...others] = addressesOf(config).map((address) => new URL(address));
  if (!first || !canHave(first)) return null;
  return { id: first.hostname, origins: [first, ...others.filter(canHave)].map(({ origin }) => origin) };
}

const canHave = ({ protocol, hostname }: URL): boolean =>
  isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && (protocol === 'https:' || LOOPBACK.test(hostname));
