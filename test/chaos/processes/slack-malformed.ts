import { sign } from '#adapters/slack/simulator/signing';
import { type Fleet, TOKEN } from './slack-fleet.ts';
import { malformedActivities } from './teams-malformed.ts';

interface Post {
  readonly path: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Our own fault: it should have been understood that this cannot be understood. Away for a moment (503) is none. */
const FAULTS = [500, 501, 502, 504];
const MIB = 1_048_576;

/** Sends one of them to each web. The answers that were not right, in words. */
export async function sendMalformed(fleet: Fleet, which: number): Promise<string[]> {
  const { teams, channel } = fleet.teams.beside;
  const all = [...posts(), ...commands(), ...signedBodies(fleet), ...malformedActivities(teams, channel)];
  const post = all[which % all.length];
  if (!post) return [];
  const answers = await Promise.all(fleet.webs().map((web) => statusOf(fleet.address(web), post)));
  return answers.flatMap((status) =>
    status !== null && FAULTS.includes(status) ? [`${post.path} answered ${status} to ${post.body.slice(0, 80)}`] : [],
  );
}

const statusOf = (address: string, { path, body, headers = {} }: Post): Promise<number | null> =>
  fetch(address + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(4_000),
  }).then(
    ({ status }) => status,
    () => null,
  );

/** From anybody: not signed, or signed by somebody else. */
function posts(): Post[] {
  const hook = '/hooks/slack';
  return [
    { path: hook, body: '' },
    { path: hook, body: '{}' },
    { path: hook, body: 'x'.repeat(2 * MIB) },
    { path: hook, body: '{}', headers: { 'x-slack-signature': 'v0=', 'x-slack-request-timestamp': 'now' } },
    { path: '/hooks/', body: '{}' },
    { path: '/hooks/%00', body: '{}' },
  ];
}

/** From somebody who is in. */
function commands(): Post[] {
  const path = '/api/v1/incidents/INC-1/commands';
  const headers = { authorization: `Bearer ${TOKEN}` };
  return [
    '{',
    'null',
    '[]',
    '{"id":1,"type":"message","body":{"text":{}}}',
    '{"id":"00000000-0000-4000-8000-000000000000","type":"message","body":{"text":"\\u0000\\ud800"}}',
    '{"id":"00000000-0000-4000-8000-000000000001","type":"__proto__","body":{}}',
    `{"id":"00000000-0000-4000-8000-000000000002","type":"message","body":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
    `{"id":"00000000-0000-4000-8000-000000000003","type":"message","body":{"text":"${'x'.repeat(2 * MIB)}"}}`,
  ].map((body) => ({ path, body, headers }));
}

/** From whoever knows the signing secret: Slack itself, on a bad day. */
function signedBodies({ slack }: Fleet): Post[] {
  const event = (of: object): string =>
    JSON.stringify({
      type: 'event_callback',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
      event_id: `Ev${JSON.stringify(of).length}`,
      event_time: 1,
      event: of,
    });
  const message = { type: 'message', channel: 'C0', user: 'U0', text: 'x', ts: '1.000001', event_ts: '1.000001' };
  const bodies = [
    '',
    'null',
    '[]',
    '{"type":"event_callback"}',
    '{"type":"event_callback","event":null}',
    '{"type":{"event_callback":1}}',
    '['.repeat(50_000),
    event({ ...message, ts: {} }),
    event({ ...message, ts: '99999999999999999999.9' }),
    event({ ...message, text: '\u0000\ud800 <@> <#|> <!subteam^> &#0;' }),
    event({ ...message, text: { a: 1 }, user: ['U0'] }),
    event({ ...message, blocks: [{ type: 'rich_text', elements: [null, { type: 'rich_text_section' }] }] }),
    event({ ...message, subtype: 'message_changed' }),
    event({ ...message, subtype: 'message_deleted', deleted_ts: null }),
    event({ type: 'reaction_added', item: null, reaction: 7 }),
    event({ type: 'channel_rename', channel: 'C0' }),
  ];
  const forms = [
    'payload=',
    'payload=null',
    'payload=%7B%22type%22%3A%22block_actions%22%7D',
    'payload=%FF',
    'command=%2Fincident',
    'command=%2Fincident&text=%00',
  ];
  return [
    ...bodies.map((body) => signed(slack.app.signingSecret, body, 'application/json')),
    ...forms.map((body) => signed(slack.app.signingSecret, body, 'application/x-www-form-urlencoded')),
  ];
}

function signed(secret: string, body: string, type: string): Post {
  const stamp = Math.floor(Date.now() / 1_000);
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': String(stamp),
    'x-slack-signature': sign(secret, stamp, body),
  };
  return { path: '/hooks/slack', body, headers };
}
