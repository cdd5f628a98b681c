import { type Addresses, AddressRefused } from '#src/platform/outgoing/addresses';
import { AddressNotUsable } from '#src/platform/outgoing/outgoing.errors';
import { usableUrl } from '#src/platform/outgoing/usable-url';
import type { SmtpSettings, WayToMake } from './notifications.types.ts';

type Settings = WayToMake['settings'];

/** In their usual form. What a name means is asked each time that something is sent. @throws AddressNotUsable */
export function usableSettings(settings: Settings, addresses: Addresses): Settings {
  if ('url' in settings) return { ...settings, url: usableUrl(settings.url, addresses) };
  mustBeSafe(settings, addresses);
  return settings;
}

const HERE = /^(localhost|127(\.\d+){3}|::1)$/;

function mustBeSafe({ host, security }: SmtpSettings, addresses: Addresses): void {
  if (security === 'none' && !HERE.test(host))
    throw new AddressNotUsable(
      'Without TLS anybody on the way can read along: that is for a mail server on this machine. Choose STARTTLS or TLS.',
    );
  try {
    addresses.mustBeAllowed(new URL(`https://${host.includes(':') ? `[${host}]` : host}`));
  } catch (error) {
    if (error instanceof AddressRefused) throw new AddressNotUsable(error.message);
    if (error instanceof TypeError) throw new AddressNotUsable('Give the name of the mail server, such as smtp.example.com.');
    throw error;
  }
}

/** The host without which nothing goes this way. */
export const hostOf = (settings: Settings): string => ('url' in settings ? new URL(settings.url).hostname : settings.host);
