import { describeChatAdapter } from '../describe-chat-adapter.ts';
import { FAKE_SUITES } from './fake-suites.ts';

for (const suite of FAKE_SUITES) await describeChatAdapter(suite);
