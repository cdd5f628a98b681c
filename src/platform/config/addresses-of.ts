import type { Config } from './config.schema.ts';

/** Names and addresses by which only this machine reaches itself. */
export const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

export type Reachable = Pick<Config, 'PUBLIC_URL' | 'MUSTER_OTHER_URLS'>;

/** Every address at which people reach the war room, the usual one first. */
export const addressesOf = ({ PUBLIC_URL, MUSTER_OTHER_URLS }: Reachable): readonly string[] => [
  ...new Set([PUBLIC_URL, ...MUSTER_OTHER_URLS]),
];
