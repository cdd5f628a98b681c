import { type Addresses, AddressRefused } from '#src/platform/outgoing/addresses';
import { AddressNotUsable } from '#src/platform/outgoing/outgoing.errors';
import { usableUrl } from '#src/platform/outgoing/usable-url';
import type { Chats } from '#src/platform/chats/chats';
import { chatsToWriteIn } from './chat-way.ts';
import type { SmtpSettings, WaySettings, WayToMake } from './notifications.types.ts';

/** In their usual form. What a name means is asked each time that something is sent. @throws AddressNotUsable */
export function usableSettings(settings: WayToMake['settings'], addresses: Addresses, chats: Pick<Chats, 'all'>): WaySettings {
  if ('chat' in settings) {
    const chat = chatsToWriteIn(chats).find(({ id }) => id === settings.chat);
    if (!chat) throw new AddressNotUsable('There is no chat of this name in which Muster can write to somebody alone. Look at /adapters.');
    return { chat: chat.id, platform: chat.plugin };
  }
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

/** The host, or the platform, without which nothing goes this way. */
export const hostOf = (settings: WaySettings): string =>
  'platform' in settings ? settings.platform : 'url' in settings ? new URL(settings.url).hostname : settings.host;
