import type { JsonObject } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import type { Method } from './call.ts';
import { cursorFields, pageByKey } from './paging.ts';

const authTest: Method = (_args, { workspace, urls }) => ({
  url: urls.permalinks,
  team: workspace.team.name,
  user: workspace.user(workspace.app.botUserId).name,
  team_id: workspace.team.id,
  user_id: workspace.app.botUserId,
  bot_id: workspace.app.botId,
  is_enterprise_install: false,
});

const usersInfo: Method = (args, { workspace }) => ({
  user: { ...workspace.user(args.need('user', 'user_not_found')) } as unknown as JsonObject,
});

const lookupByEmail: Method = (args, { workspace }) => {
  const email = args.need('email', 'users_not_found').toLowerCase();
  const user = [...workspace.users.values()].find((u) => !u.deleted && u.profile.email?.toLowerCase() === email);
  if (!user) throw new SlackError('users_not_found');
  return { user: { ...user } as unknown as JsonObject };
};

const usersList: Method = (args, { workspace }) => {
  const page = pageByKey([...workspace.users.values()], (u) => u.id, args, 1000, 1000);
  return { members: page.items as unknown as JsonObject[], cache_ts: workspace.seconds(), ...cursorFields(page.next) };
};

const teamInfo: Method = (_args, { workspace, urls }) => ({
  team: { id: workspace.team.id, name: workspace.team.name, domain: 'pretend', email_domain: '', icon: {}, url: urls.permalinks },
});

const botsInfo: Method = (args, { workspace }) => {
  const { app } = workspace;
  if (args.text('bot') !== app.botId) throw new SlackError('bot_not_found');
  return { bot: { id: app.botId, deleted: false, name: app.name, updated: 0, app_id: app.id, user_id: app.botUserId, icons: {} } };
};

const usergroupsList: Method = (_args, { workspace }) => ({
  usergroups: [...workspace.groups].map(([id, { handle, name }]) => ({
    id,
    team_id: workspace.team.id,
    is_usergroup: true,
    is_subteam: true,
    name,
    description: '',
    handle,
    is_external: false,
    date_create: workspace.seconds(),
    date_update: workspace.seconds(),
    date_delete: 0,
    auto_type: null,
    created_by: workspace.app.botUserId,
    updated_by: workspace.app.botUserId,
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: '1',
  })),
});

export const people: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.lookupByEmail': lookupByEmail,
  'users.list': usersList,
  'usergroups.list': usergroupsList,
  'team.info': teamInfo,
  'bots.info': botsInfo,
};
