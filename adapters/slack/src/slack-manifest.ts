import { DELIVERY } from './inbound/own-key.ts';
import { DEFAULT_COMMAND } from './slack-config.ts';
import { EVENTS_FOR_ANY, SCOPES } from './slack-scopes.ts';

export interface ManifestOptions {
  readonly name: string;
  /** Where Slack finds us; not needed in Socket Mode. */
  readonly requestUrl?: string;
  readonly socketMode: boolean;
  readonly command?: string;
}

/**
 * A mention arrives as the message that it is in, and the app posts to a person without opening a room for it first: so neither
 * `app_mention` nor `im:write` is here.
 */
const EVENTS = [...new Set([...SCOPES.flatMap(({ events = [] }) => events), ...EVENTS_FOR_ANY])].sort();

/**
 * The manifest to paste at api.slack.com/apps → Create New App → From a manifest. Pure; YAML.
 *
 * `metadata_subscriptions` is what makes Slack put our keys into events; without it our own posts still come back,
 * known by their first block alone.
 */
export function slackManifest({ name, requestUrl, socketMode, command = DEFAULT_COMMAND }: ManifestOptions): string {
  const url = socketMode || !requestUrl ? [] : [`request_url: ${quoted(requestUrl)}`];
  const lines = [
    'display_information:',
    `  name: ${quoted(name)}`,
    '  description: "Incident response that survives the outage of this chat"',
    'features:',
    '  app_home:',
    '    home_tab_enabled: true',
    '    messages_tab_enabled: true',
    '    messages_tab_read_only_enabled: false',
    '  bot_user:',
    `    display_name: ${quoted(name)}`,
    '    always_online: true',
    '  slash_commands:',
    `    - command: ${quoted(command)}`,
    '      description: "Declare an incident, or work on one"',
    '      usage_hint: "[what is happening | severity sev1 | lead @someone | resolve]"',
    '      should_escape: true',
    ...url.map((line) => `      ${line.replace('request_url', 'url')}`),
    '  shortcuts:',
    '    - name: "Declare an incident"',
    '      type: "global"',
    '      callback_id: "declare"',
    '      description: "Say what is happening, and gather whoever can help"',
    '    - name: "Add to the incident"',
    '      type: "message"',
    '      callback_id: "message"',
    '      description: "Keep this message in the timeline"',
    'oauth_config:',
    '  scopes:',
    '    bot:',
    ...SCOPES.map(({ name: scope }) => `      - ${quoted(scope)}`),
    'settings:',
    '  event_subscriptions:',
    ...url.map((line) => `    ${line}`),
    '    bot_events:',
    ...EVENTS.map((event) => `      - ${quoted(event)}`),
    '    metadata_subscriptions:',
    '      - app_id: "*"',
    `        event_type: ${quoted(DELIVERY)}`,
    '  interactivity:',
    '    is_enabled: true',
    ...url.map((line) => `    ${line}`),
    '  org_deploy_enabled: false',
    `  socket_mode_enabled: ${socketMode}`,
    '  token_rotation_enabled: false',
  ];
  return `${lines.join('\n')}\n`;
}

/** A JSON string is a YAML string. */
const quoted = (text: string): string => JSON.stringify(text);
