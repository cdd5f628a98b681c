import { DEFAULT_COMMAND, SLACK_API } from './slack-config.ts';
import { SLACK_STATUS } from './slack-status-feed.ts';

/** What can be set, and what for. `docs/configuration.md` is made from this. */
export const slackEnvironment = {
  SLACK_BOT_TOKEN: 'The bot token of the installed app (xoxb-…). Setting it switches Slack on.',
  SLACK_SIGNING_SECRET: 'Signs what Slack sends to /hooks/slack. Needed unless Socket Mode is used.',
  SLACK_APP_TOKEN: 'An app-level token with connections:write (xapp-…). With it Muster uses Socket Mode, which needs no public address.',
  SLACK_COMMAND: `The slash command of the app. Default: ${DEFAULT_COMMAND}.`,
  SLACK_API_URL: `The address of the Web API. Default: ${SLACK_API}.`,
  SLACK_STATUS_URL: `Where Slack says in public how it is: asked once a minute, without anything of yours, to explain trouble that Muster sees itself. "off" and it is not asked. Default: ${SLACK_STATUS}, where SLACK_API_URL is Slack’s own.`,
} as const;

export type FromEnvironment =
  { readonly config: object; readonly secrets: Readonly<Record<string, string>> } | { readonly problems: readonly string[] };

/** Pure. Without a bot token there is nothing to switch on: ask for that first. All problems are named together. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): FromEnvironment {
  const set = (name: keyof typeof slackEnvironment): string => env[name]?.trim() ?? '';
  const [bot, signing, app, api, command, status] = [
    set('SLACK_BOT_TOKEN'),
    set('SLACK_SIGNING_SECRET'),
    set('SLACK_APP_TOKEN'),
    set('SLACK_API_URL'),
    set('SLACK_COMMAND'),
    set('SLACK_STATUS_URL'),
  ];
  const problems: string[] = [];
  if (bot === '') problems.push('SLACK_BOT_TOKEN is not set. Copy the Bot User OAuth Token from OAuth & Permissions of your Slack app.');
  else if (!bot.startsWith('xoxb-')) problems.push('SLACK_BOT_TOKEN is not a bot token: those start with xoxb-.');
  if (app !== '' && !app.startsWith('xapp-')) problems.push('SLACK_APP_TOKEN is not an app-level token: those start with xapp-.');
  if (app === '' && signing === '') {
    problems.push(
      'Set SLACK_APP_TOKEN for Socket Mode (no public address needed), or SLACK_SIGNING_SECRET when Slack can reach this server.',
    );
  }
  if (api !== '' && !/^https?:\/\/\S+$/.test(api)) problems.push('SLACK_API_URL is not an http or https address.');
  if (command !== '' && !/^\/[a-z0-9_-]{1,31}$/.test(command))
    problems.push('SLACK_COMMAND must be a slash and small letters, digits, - or _ after it.');
  if (status !== '' && !/^(off|https?:\/\/\S+)$/.test(status))
    problems.push('SLACK_STATUS_URL is not an http or https address. To have Slack’s status not asked for, set it to "off".');
  if (problems.length > 0) return { problems };

  return {
    config: {
      mode: app === '' ? 'http' : 'socket',
      ...(api ? { apiUrl: api } : {}),
      ...(command ? { command } : {}),
      ...(status ? { statusUrl: status } : {}),
    },
    secrets: { bot_token: bot, ...(signing ? { signing_secret: signing } : {}), ...(app ? { app_token: app } : {}) },
  };
}
