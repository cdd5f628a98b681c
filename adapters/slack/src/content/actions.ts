import type { types } from '@slack/bolt';
import type { Action } from '@musterhq/chat-port';
import { shorten } from './graphemes.ts';
import { BUTTON_LABEL, BUTTON_VALUE, BUTTONS_PER_BLOCK, ID_CHARS, OPTIONS } from './limits.ts';
import { isTooLong, optionsOf } from './options.ts';
import { isSafeHref } from './plain-text.ts';
import type { Piece } from './rich-blocks.ts';
import type { Journey } from './rich-inlines.ts';

/** Slack tells the app of clicks on links too; these go nowhere. */
export const LINK_PREFIX = 'muster.link';

const plain = (text: string, max: number): types.PlainTextElement => ({ type: 'plain_text', text: shorten(text, max), emoji: false });

export function actionPieces(items: readonly Action[], to: Journey): Piece[] {
  const used = new Map<string, number>();
  const elements = items.flatMap((item, i) => element(item, i, used, to));
  const pieces: Piece[] = [];
  for (let i = 0; i < elements.length; i += BUTTONS_PER_BLOCK) {
    const run = elements.slice(i, i + BUTTONS_PER_BLOCK);
    pieces.push({ block: { type: 'actions', elements: run }, chars: run.length * BUTTON_LABEL });
  }
  return pieces;
}

function element(item: Action, index: number, used: Map<string, number>, to: Journey): types.ActionsBlockElement[] {
  if (item.t !== 'select') noteLongLabel(item.label, to);
  switch (item.t) {
    case 'button': {
      if ((item.value ?? '').length > BUTTON_VALUE)
        return lost('buttons', `The value of the button "${item.label}" is too long for Slack.`, to);
      return [
        {
          type: 'button',
          action_id: actionId(item.id, used),
          text: plain(item.label, BUTTON_LABEL),
          ...(item.value === undefined ? {} : { value: item.value }),
          ...(item.tone ? { style: item.tone } : {}),
          ...(item.confirm ? { confirm: confirmation(item.confirm, item.label) } : {}),
        },
      ];
    }
    case 'open':
      if (!isSafeHref(item.href)) return lost('buttons', `The button "${item.label}" opens no http, https or mailto address.`, to);
      return [{ type: 'button', action_id: `${LINK_PREFIX}.${index}`, text: plain(item.label, BUTTON_LABEL), url: item.href }];
    case 'select': {
      if (item.options.length > OPTIONS)
        to.losses.push({ feature: 'selects', note: `Only the first ${OPTIONS} choices of "${item.label}" are offered.` });
      const fitting = item.options.filter((choice) => !isTooLong(choice));
      if (fitting.length < item.options.length)
        to.losses.push({ feature: 'selects', note: `Choices of "${item.label}" whose values are too long for Slack are not offered.` });
      const options = optionsOf(fitting.slice(0, OPTIONS));
      if (options.length === 0) return lost('selects', `The select "${item.label}" has no choices.`, to);
      return [{ type: 'static_select', action_id: actionId(item.id, used), placeholder: plain(item.label, 150), options }];
    }
  }
}

function confirmation(question: string, label: string): types.ConfirmationDialog {
  return { title: plain(label, 100), text: plain(question, 300), confirm: plain('Yes', 30), deny: plain('Cancel', 30) };
}

function lost(feature: 'buttons' | 'selects', note: string, to: Journey): [] {
  to.losses.push({ feature, note });
  return [];
}

function noteLongLabel(label: string, to: Journey): void {
  if (label.length > BUTTON_LABEL) to.losses.push({ feature: 'buttons', note: `The label "${label}" is shortened.` });
}

/** Ids must differ within a block, and "take the role" may well stand there three times with three values. */
function actionId(id: string, used: Map<string, number>): string {
  const nth = (used.get(id) ?? 0) + 1;
  used.set(id, nth);
  const own = nth > 1 || /~\d+$/.test(id) ? `${id}~${nth}` : id;
  return own.slice(0, ID_CHARS);
}

export const idOfAction = (actionId: string): string => actionId.replace(/~\d+$/, '');

export const isLinkAction = (actionId: string): boolean => actionId.startsWith(`${LINK_PREFIX}.`);
