import type { Action } from '@musterhq/chat-port';
import type { ActionsElement, CardAction } from './card.ts';
import type { Losses } from './runs.ts';

/** What a card's button sends back when it is to be answered with a form. Teams opens one for no other button. */
export interface FetchData {
  readonly msteams: { readonly type: 'task/fetch' };
  readonly action: string;
  readonly value?: string;
}

export function actionsOf(items: readonly Action[], losses: Losses): ActionsElement[] {
  const actions = items.flatMap((item) => actionOf(item, losses));
  return actions.length > 0 ? [{ type: 'ActionSet', actions }] : [];
}

function actionOf(action: Action, losses: Losses): CardAction[] {
  if (action.t === 'open') {
    if (/^https?:\/\/\S+$/i.test(action.href)) return [{ type: 'Action.OpenUrl', title: action.label, url: action.href }];
    losses.push({ feature: 'buttons', note: `${action.label} leads nowhere: its address is not for browsers` });
    return [];
  }
  if (action.t === 'select') {
    losses.push({ feature: 'selects', note: `the choice ${action.label} is not shown` });
    return [];
  }
  if (action.confirm !== undefined) losses.push({ feature: 'buttons', note: `${action.label} is not asked about once more` });
  const { id, label: title, value } = action;
  const style = action.tone === 'danger' ? 'destructive' : action.tone === 'primary' ? 'positive' : undefined;
  const look = { title, ...(style && ({ style } as const)) };
  if (!action.opensForm) return [{ type: 'Action.Execute', verb: id, data: value === undefined ? {} : { value }, ...look }];
  const data: FetchData = { msteams: { type: 'task/fetch' }, action: id, ...(value !== undefined && { value }) };
  return [{ type: 'Action.Submit', data, ...look }];
}
