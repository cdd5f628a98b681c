import { randomBytes } from 'node:crypto';
import { dist, send, signed } from './support.mjs';

/** A pretend Slack whose events are sent by hand, signed, to whoever is measured. */
export async function slackWithEvents() {
  const secret = randomBytes(16).toString('hex');
  const { startSlackSimulator } = await import(dist('adapters/slack/simulator/start.js').href);
  const slack = await startSlackSimulator({ app: { signingSecret: secret } });
  const channel = slack.addChannel({ name: 'bench', members: [slack.app.botUserId] });
  const user = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' });

  let n = 0;
  const body = (to) => {
    const ts = `${Math.floor(Date.now() / 1000)}.${String(++n).padStart(6, '0')}`;
    return JSON.stringify({
      token: 'unused',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
      type: 'event_callback',
      event_id: `Ev${n}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: slack.team.id, user_id: slack.app.botUserId, is_bot: true }],
      event: {
        type: 'message',
        channel: to,
        channel_type: 'channel',
        user: user.id,
        text: `Rollback at ${n} %`,
        ts,
        event_ts: ts,
        team: slack.team.id,
      },
    });
  };

  return {
    slack,
    secret,
    /** What makes Muster speak with it. */
    environment: {
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: slack.apiUrl,
    },
    /** One event, in a room of its own unless another is named; resolves with the milliseconds until its 200. */
    async deliver(port, path, to = channel.id) {
      const text = body(to);
      const { status, ms } = await send({ port, path, headers: signed(secret, text), body: text });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      return ms;
    },
  };
}
