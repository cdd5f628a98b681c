import { type Addresses, AddressRefused } from './addresses.ts';
import { AddressNotUsable } from './outgoing.errors.ts';

const HERE = /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/** The address in its usual form. A name is not looked up: what it means is asked each time that something is sent. @throws AddressNotUsable */
export function usableUrl(given: string, addresses: Addresses): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new AddressNotUsable('Give its whole address, such as https://example.com/muster.');
  if (url.username || url.password)
    throw new AddressNotUsable('Leave the name and password out of the address: the signature says that it comes from Muster.');
  if (url.protocol === 'http:' && !(HERE.test(url.hostname) && addresses.may('127.0.0.1')))
    throw new AddressNotUsable(
      'It needs https, so that nobody on the way can read it. Only this machine is told over http, when MUSTER_WEBHOOK_NETWORKS has "loopback".',
    );
  if (/localhost$/.test(url.hostname) && HERE.test(url.hostname) && !addresses.may('127.0.0.1'))
    throw new AddressNotUsable(
      'That is this machine. If it is meant, start Muster with MUSTER_WEBHOOK_NETWORKS=loopback; else give the address at which the receiver is reached.',
    );
  try {
    addresses.mustBeAllowed(url);
  } catch (error) {
    if (error instanceof AddressRefused) throw new AddressNotUsable(error.message);
    throw error;
  }
  url.hash = '';
  return url.href;
}
