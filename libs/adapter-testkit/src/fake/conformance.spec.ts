import { describeChatAdapter } from '../describe-chat-adapter.ts';
import { startFake } from './fake-harness.ts';

await describeChatAdapter({ name: 'fake', start: (kit) => startFake(kit) });
await describeChatAdapter({
  name: 'fake, by webhook only, without echo or keys',
  start: (kit) => startFake(kit, { transports: ['webhook'], chat: { echo: 'read-back', reconcile: 'none' } }),
});
