import { SlackError } from '../slack-error.ts';
import type { JsonObject, OpenView } from '../objects.ts';
import type { Args } from './args.ts';
import type { Method } from './call.ts';

const open: Method = (args, { interactions }) => {
  const view = definition(args);
  const user = interactions.triggers.exchange(args.need('trigger_id', 'invalid_arguments'));
  return show(interactions.views.open(user, view));
};

const push: Method = (args, { interactions }) => {
  const view = definition(args);
  const user = interactions.triggers.exchange(args.need('trigger_id', 'invalid_arguments'));
  return show(interactions.views.push(user, view));
};

const update: Method = (args, { interactions }) => {
  const by = { viewId: args.text('view_id'), externalId: args.text('external_id'), hash: args.text('hash') };
  const given = Object.fromEntries(Object.entries(by).filter(([, value]) => value !== undefined));
  return show(interactions.views.update(given, definition(args)));
};

const publish: Method = (args, { interactions, workspace }) => {
  const user = workspace.user(args.need('user_id', 'invalid_arguments')).id;
  return show(interactions.views.publish(user, definition(args), args.text('hash')));
};

export const views: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

function definition(args: Args): JsonObject {
  const view = args.object('view', 'invalid_arguments');
  if (!view) throw new SlackError('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field: view'] } });
  return view;
}

function show({ errors: _, ...view }: OpenView): JsonObject {
  return { view: view as unknown as JsonObject };
}
