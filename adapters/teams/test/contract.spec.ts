import { describeChatAdapter } from '@musterhq/adapter-testkit';
import { SUITES } from './suites.ts';

for (const suite of SUITES) await describeChatAdapter(suite);
