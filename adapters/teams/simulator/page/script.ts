import { cards } from './script/cards.ts';
import { dom } from './script/dom.ts';
import { main } from './script/main.ts';

export const script = [dom, cards, main].join('\n');
