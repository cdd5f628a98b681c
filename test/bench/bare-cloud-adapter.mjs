/** The least an answer can cost with botbuilder: check the token and run an empty turn; with a DATABASE_URL insert one row and commit before. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { createServer } from 'node:http';
import pg from 'pg';
import './tell-cpu.mjs';

const { APP_ID, TENANT_ID, LOGIN_URL, OPEN_ID_METADATA_URL, DATABASE_URL } = process.env;
const ISSUER = 'https://api.botframework.com';
const pool = DATABASE_URL ? new pg.Pool({ connectionString: DATABASE_URL, max: 12 }) : null;
const credentials = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: APP_ID,
  MicrosoftAppPassword: 'not used to check what comes in',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: TENANT_ID,
});
const addresses = {
  ToChannelFromBotLoginUrl: `${LOGIN_URL}/${TENANT_ID}`,
  ToChannelFromBotOAuthScope: ISSUER,
  ToBotFromChannelTokenIssuer: ISSUER,
  OAuthUrl: ISSUER,
  ToBotFromChannelOpenIdMetadataUrl: OPEN_ID_METADATA_URL,
  ToBotFromEmulatorOpenIdMetadataUrl: OPEN_ID_METADATA_URL,
  CallerId: 'urn:botframework:azure',
};
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(addresses, credentials));
adapter.onTurnError = () => Promise.resolve();

async function keep(activity) {
  if (!pool) return;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into bare_activity (id, body) values ($1, $2)', [activity.id, activity]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  // What a framework's response has, and CloudAdapter asks for.
  Object.assign(response, {
    status: (code) => Object.assign(response, { statusCode: code }),
    send: (body) => response.end(body === undefined ? undefined : JSON.stringify(body)),
    header: (name, value) => response.setHeader(name, value),
  });
  Object.assign(request, { body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
  await adapter.process(request, response, ({ activity }) => keep(activity)).catch(() => response.writeHead(500).end());
});
await pool?.query('create table if not exists bare_activity (id text primary key, body jsonb not null)');
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send('ready'));
process.on('SIGTERM', () => process.exit(0));
