import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist } from './support.mjs';

const SECRET = 'BENCH_TEAMS_SECRET';

/** A pretend Slack and a pretend Teams, of whose calls each takes so long: the real ones are far away. `saw` hears what stands in which of them, and when. */
export async function twoChats(callMs, saw) {
  const { startSlackSimulator } = await import(dist('adapters/slack/simulator/start.js').href);
  const { slackManifest } = await import(dist('adapters/slack/src/plugin.js').href);
  const { TeamsSimulator } = await import(dist('adapters/teams/simulator/teams-simulator.js').href);
  const slack = await startSlackSimulator({ manifest: slackManifest({ name: 'Muster', socketMode: false }) });
  const ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
  const teams = new TeamsSimulator(Date.now);
  await teams.open();
  const channel = teams.conversations.add('incidents', 'channel').id;
  const { authorization } = teams.told({});
  let hooks = '';

  const keep = teams.conversations.keep.bind(teams.conversations);
  teams.conversations.keep = (room, message, ...more) => {
    if (message.from === 'us') saw('teams', JSON.stringify(message.activity), Date.now());
    return keep(room, message, ...more);
  };

  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-chats-'));
  const chats = join(folder, 'chats.json');
  const { appId, tenant: tenantId, serviceUrl, url: loginUrl, openIdMetadataUrl } = teams;
  const config = { appId, tenantId, serviceUrl, loginUrl, openIdMetadataUrl, channel };
  writeFileSync(chats, JSON.stringify([{ id: 'teams', plugin: 'teams', config, secrets: { client_secret: { env: SECRET } } }]));

  let counted = 0;
  return {
    /** What makes Muster speak with both. */
    environment: {
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      MUSTER_CHATS: chats,
      [SECRET]: teams.secret,
    },
    /** And what makes the relay. */
    relayEnvironment: {
      SLACK_API_URL: slack.apiUrl,
      SLACK_TOKEN: slack.app.botToken,
      TEAMS_SERVICE_URL: serviceUrl,
      TEAMS_TOKEN_URL: `${loginUrl}/${tenantId}/oauth2/v2.0/token`,
      TEAMS_APP_ID: appId,
      TEAMS_SECRET: teams.secret,
    },
    /** From now on calls take their time. */
    takeTime() {
      slack.setFault({ kind: 'slow', byMs: callMs });
      teams.takesMs = callMs;
    },
    async tellTo(port, paths) {
      hooks = `http://127.0.0.1:${port}${paths.teams}`;
      await slack.setRequestUrl(`http://127.0.0.1:${port}${paths.slack}`);
    },
    join: (room) => slack.as(ana).join(room),
    sayInSlack: (room, text) => slack.as(ana).say(room, text),
    /** Whether it was taken. */
    async sayInTeams(thread, text) {
      const [, root] = thread.split(';messageid=');
      const { told } = teams.say('mia', channel, text, root === undefined ? {} : { thread: root });
      const headers = { 'content-type': 'application/json', authorization };
      const response = await fetch(hooks, { method: 'POST', headers, body: JSON.stringify(told) });
      await response.text();
      return response.status === 200;
    },
    /** What Slack was told since the last time: a call is noted as what it says comes to stand there. */
    lookAtSlack() {
      const calls = slack.calls();
      for (const { method, args, at } of calls.slice(counted)) if (method === 'chat.postMessage') saw('slack', JSON.stringify(args), at);
      counted = calls.length;
    },
    async close() {
      await slack.close();
      await teams.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
