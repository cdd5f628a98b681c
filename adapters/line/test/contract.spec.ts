import { describeChatAdapter } from '@musterhq/adapter-testkit';
import { lineHarness } from './harness.ts';

await describeChatAdapter({ name: 'line', start: (kit) => lineHarness(kit) });
