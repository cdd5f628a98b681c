import type { Capabilities } from '@musterhq/chat-port';
import { PAGE, ROOM_NAME_CHARS } from './fake-api.ts';
import type { FakePlatform } from './fake-platform.ts';
import { TEXT_CHARS } from './render.ts';

export const capabilitiesOf = ({ echo, reconcile, kept }: FakePlatform): Capabilities => ({
  rev: `1-${echo}-${reconcile}-${kept?.messages}-${kept?.ms}`,
  features: {
    card: 'full',
    buttons: 'full',
    selects: 'full',
    table: 'partial',
    inputs: 'partial',
    files: 'partial',
    edit: 'full',
    delete: 'full',
    react: 'full',
    private: 'full',
    forms: 'full',
    history: 'full',
    'mention.user': 'full',
    'mention.everyone': 'full',
    'room.create': 'full',
    'room.rename': 'full',
    'room.topic': 'full',
    'room.archive': 'full',
    'room.members': 'full',
    'room.pin': 'full',
    'room.bookmark': 'full',
    'event.edit': 'full',
    'event.delete': 'full',
    'event.react': 'full',
    'event.pin': 'full',
    'event.member': 'full',
    'event.room': 'full',
    'people.email': 'full',
  },
  threads: 'roots',
  limits: { textChars: TEXT_CHARS, roomName: { max: ROOM_NAME_CHARS, allow: 'a-z0-9-' }, historyPage: PAGE, ...(kept && { kept }) },
  rates: [],
  reconcile,
  echo,
  formsFrom: ['command', 'action'],
});
