import { blocks } from './script/blocks.ts';
import { dom } from './script/dom.ts';
import { main } from './script/main.ts';
import { messages } from './script/messages.ts';
import { modal } from './script/modal.ts';
import { words } from './script/words.ts';

export const script = [dom, words, blocks, messages, modal, main].join('\n');
