import type { AdapterContext, Setup, SetupStep } from '@musterhq/chat-port';
import { SlackClient } from './slack-client.ts';
import { parseConfig, type SlackConfig } from './slack-config.ts';
import { SlackIdentity } from './slack-identity.ts';
import { slackLogger } from './slack-logger.ts';
import { slackManifest } from './slack-manifest.ts';

const startLine = ({ mode }: SlackConfig): string =>
  `CHAT_ADAPTERS=slack SLACK_BOT_TOKEN=xoxb-… ${mode === 'socket' ? 'SLACK_APP_TOKEN=xapp-…' : 'SLACK_SIGNING_SECRET=… PUBLIC_URL=https://…'} npm start`;

/** What is left to do before Slack works, looked at each time it is asked. */
export class SlackSetup implements Setup {
  constructor(private readonly ctx: AdapterContext) {}

  async steps(): Promise<SetupStep[]> {
    const config = parseConfig(this.ctx.config);
    const [bot, other] = await Promise.all([this.has('bot_token'), this.has(config.mode === 'socket' ? 'app_token' : 'signing_secret')]);
    const works = bot ? await this.whatSlackSays(config) : undefined;
    return [
      {
        id: 'app',
        title: 'Make the Slack app',
        done: bot,
        say: 'Open https://api.slack.com/apps, choose "Create New App" and "From a manifest", and paste this. Then install it to your workspace.',
        give: { label: 'Manifest', text: this.manifest(config) },
      },
      {
        id: 'bot-token',
        title: 'Give Muster the bot token',
        done: bot,
        say: 'Copy the Bot User OAuth Token from "OAuth & Permissions" into SLACK_BOT_TOKEN.',
      },
      config.mode === 'socket'
        ? {
            id: 'app-token',
            title: 'Give Muster an app-level token',
            done: other,
            say: 'Under "Basic Information", make an app-level token with connections:write and put it into SLACK_APP_TOKEN.',
          }
        : {
            id: 'signing-secret',
            title: 'Give Muster the signing secret',
            done: other,
            say: 'Copy the signing secret from "Basic Information" into SLACK_SIGNING_SECRET.',
          },
      {
        id: 'works',
        title: 'See that it works',
        done: works?.startsWith('Connected') ?? false,
        say: works ?? 'Start Muster again with the tokens. Then this says which workspace it is in.',
        ...(works === undefined ? { give: { label: 'How to start it', text: startLine(config) } } : {}),
      },
    ];
  }

  artefact(name: string): Promise<{ mime: string; bytes: Uint8Array }> {
    if (name !== 'manifest.yaml') return Promise.reject(new Error(`There is no "${name}" to download. There is "manifest.yaml".`));
    return Promise.resolve({ mime: 'text/yaml', bytes: Buffer.from(this.manifest(parseConfig(this.ctx.config))) });
  }

  private manifest({ mode, command }: SlackConfig): string {
    return slackManifest({
      name: 'Muster',
      command,
      socketMode: mode === 'socket',
      ...(mode === 'http' ? { requestUrl: `https://YOUR-ADDRESS/hooks/${this.ctx.instance}` } : {}),
    });
  }

  private async has(secret: string): Promise<boolean> {
    const value = await this.ctx.secrets.get(secret).catch(() => '');
    return value !== '';
  }

  private async whatSlackSays({ apiUrl }: SlackConfig): Promise<string> {
    const token = await this.ctx.secrets.get('bot_token');
    const client = new SlackClient({ token, apiUrl, fetch: this.ctx.fetch, logger: slackLogger(this.ctx.log) });
    const answer = await new SlackIdentity(this.ctx, client, token).learn(AbortSignal.timeout(5_000));
    await client.close();
    if (answer.outcome === 'done') return `Connected to the workspace "${answer.value.team}".`;
    return answer.fault.detail ?? `Slack did not accept it (${answer.fault.native ?? answer.fault.code}).`;
  }
}
