/** The least that carrying words between a Slack, a Teams and a page can cost: one call for each chat that lacks them, and nothing is checked or kept. */
import http from 'node:http';

const { PORT, ROOMS, SLACK_API_URL, SLACK_TOKEN, TEAMS_SERVICE_URL, TEAMS_TOKEN_URL, TEAMS_APP_ID, TEAMS_SECRET } = process.env;
/** Each with its channel in Slack and its thread in Teams. */
const rooms = JSON.parse(ROOMS);
const open = new Set();

const credentials = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: TEAMS_APP_ID,
  client_secret: TEAMS_SECRET,
  scope: 'https://api.botframework.com/.default',
});
const { access_token: teamsToken } = await (await fetch(TEAMS_TOKEN_URL, { method: 'POST', body: credentials })).json();

const post = (url, token, body) =>
  fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }).then((response) => response.text());
const toSlack = ({ channel }, text) => post(`${SLACK_API_URL}chat.postMessage`, SLACK_TOKEN, { channel, text });
const toTeams = ({ thread }, text) =>
  post(`${TEAMS_SERVICE_URL}/v3/conversations/${encodeURIComponent(thread)}/activities`, teamsToken, { type: 'message', text });
const toPages = (text) => {
  for (const page of open) page.write(`data: ${JSON.stringify({ text })}\n\n`);
};

const heard = {
  '/slack': ({ event }) => {
    const room = event?.type === 'message' && !event.bot_id && !event.subtype && rooms.find(({ channel }) => channel === event.channel);
    if (!room) return;
    toPages(event.text);
    void toTeams(room, event.text);
  },
  '/teams': ({ type, text, conversation }) => {
    const room = type === 'message' && rooms.find(({ thread }) => thread === conversation.id);
    if (!room) return;
    toPages(text);
    void toSlack(room, text);
  },
  '/say': ({ number, text }) => {
    const room = rooms.find((one) => one.number === number);
    toPages(text);
    void toSlack(room, text);
    void toTeams(room, text);
  },
};

http
  .createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': welcome\n\n');
      open.add(response);
      request.on('close', () => open.delete(response));
      return;
    }
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const what = JSON.parse(body);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(what.challenge ? { challenge: what.challenge } : {}));
      heard[request.url]?.(what);
    });
  })
  .listen(Number(PORT), '127.0.0.1', () => process.send('ready'));
process.on('SIGTERM', () => process.exit(0));
