import { describeChatAdapter } from '@musterhq/adapter-testkit';
import { slackHarness } from './harness.ts';

await describeChatAdapter({ name: 'slack, by signed requests', start: slackHarness('webhook') });
await describeChatAdapter({ name: 'slack, by sockets', start: slackHarness('socket') });
