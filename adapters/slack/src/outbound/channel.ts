import type { Room, RoomRef } from '@musterhq/chat-port';
import { unescapeText } from '../content/escape.ts';
import { textOf, type Wire, wireOf } from '#libs/wire/wire';
import { keyInPurpose } from './room-key.ts';

export const purposeOfChannel = (channel: Wire): string => unescapeText(textOf(wireOf(channel['purpose'])['value']));

export function roomOf(channel: Wire, at: { adapter: string; tenant: string; url?: string | undefined }): Room {
  const ref: RoomRef = { adapter: at.adapter, tenant: at.tenant, room: textOf(channel['id']) };
  const topic = unescapeText(textOf(wireOf(channel['topic'])['value']));
  const key = keyInPurpose(purposeOfChannel(channel));
  return {
    ref,
    name: textOf(channel['name']),
    archived: channel['is_archived'] === true,
    ...(topic ? { topic } : {}),
    ...(key ? { key } : {}),
    ...(at.url ? { permalink: `${at.url.replace(/\/$/, '')}/archives/${ref.room}` } : {}),
  };
}
