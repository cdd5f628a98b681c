import type { AdapterContext, Attempt, Setup, SetupStep } from '@musterhq/chat-port';
import { SlackClient } from './slack-client.ts';
import { parseConfig, type SlackConfig } from './slack-config.ts';
import { type Learnt, SlackIdentity } from './slack-identity.ts';
import { slackLogger } from './slack-logger.ts';
import { slackManifest } from './slack-manifest.ts';
import { type Proofs, SlackProofs } from './slack-proofs.ts';
import { missingScopes, type Scope } from './slack-scopes.ts';

/** What was found out about one secret. */
interface Finding {
  readonly done: boolean;
  readonly say: string;
  readonly wrong?: boolean;
}

const PATIENCE_MS = 5_000;
const APPS = 'https://api.slack.com/apps';

/** What is left to do before Slack works: every token is tried each time it is asked, and what only Slack can prove is looked up. */
export class SlackSetup implements Setup {
  constructor(private readonly ctx: AdapterContext) {}

  async steps(): Promise<SetupStep[]> {
    const config = parseConfig(this.ctx.config);
    const [bot, app, signing] = await Promise.all(['bot_token', 'app_token', 'signing_secret'].map((name) => this.given(name)));
    const proofs = await new SlackProofs(this.ctx).of(bot ?? '', signing ?? '');
    const isSocket = config.mode === 'socket';
    const [botToken, other] = await Promise.all([
      this.botToken(bot ?? '', config),
      isSocket ? this.appToken(app ?? '', config) : signingSecret(signing ?? '', proofs),
    ]);
    return [
      {
        id: 'app',
        title: 'Make the Slack app',
        done: botToken.done,
        say: `Open ${APPS}, choose "Create New App" and "From a manifest", pick your workspace, and paste this. Then choose "Install to Workspace". An app that is there already gets it under "App Manifest"; where Slack asks for it, install it again.`,
        give: { label: 'Manifest', text: this.manifest(config) },
      },
      {
        id: 'bot-token',
        title: 'The bot token',
        ask: { secret: 'bot_token', label: 'Bot User OAuth Token (xoxb-…), from "OAuth & Permissions" of the app' },
        ...botToken,
      },
      isSocket
        ? {
            id: 'app-token',
            title: 'The app-level token',
            ask: { secret: 'app_token', label: 'App-level token (xapp-…), from "Basic Information", "App-Level Tokens"' },
            ...other,
          }
        : {
            id: 'signing-secret',
            title: 'The signing secret',
            ask: { secret: 'signing_secret', label: 'Signing Secret, from "Basic Information", "App Credentials"' },
            ...other,
          },
      { id: 'events', title: 'What happens in Slack arrives', ...events(proofs, config, this.ctx.hookUrl) },
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
      ...(mode === 'http' ? { requestUrl: this.ctx.hookUrl } : {}),
    });
  }

  private given(secret: string): Promise<string> {
    return this.ctx.secrets.get(secret).catch(() => '');
  }

  private async botToken(token: string, config: SlackConfig): Promise<Finding> {
    if (token === '') return { done: false, say: 'Copy it from "OAuth & Permissions" of the app, once it is installed.' };
    if (!token.startsWith('xoxb-'))
      return no('This is no bot token: those begin with xoxb-. Under "OAuth & Permissions" it is the "Bot User OAuth Token".');
    const answer = await this.with(token, config, (client) =>
      new SlackIdentity(this.ctx, client, token).learn(AbortSignal.timeout(PATIENCE_MS)),
    );
    if (answer.outcome !== 'done') return no(wordsOf(answer));
    const { team, scopes } = answer.value;
    const missing = missingScopes(scopes);
    if (missing === null) return { done: true, say: `Connected to the workspace "${team}". Slack does not say what the app may do there.` };
    if (missing.length === 0) return { done: true, say: `Connected to the workspace "${team}", with all that the manifest asks for.` };
    return { done: false, say: `Connected to the workspace "${team}". ${whatIsMissing(missing)}` };
  }

  private async appToken(token: string, config: SlackConfig): Promise<Finding> {
    if (token === '')
      return {
        done: false,
        say: 'Under "Basic Information", "App-Level Tokens", choose "Generate Token and Scopes", add the scope connections:write, and copy the token.',
      };
    if (!token.startsWith('xapp-'))
      return no('This is no app-level token: those begin with xapp-. It is under "Basic Information", "App-Level Tokens".');
    const answer = await this.with(token, config, (client) => client.call('apps.connections.open', {}, AbortSignal.timeout(PATIENCE_MS)));
    if (answer.outcome === 'done') return { done: true, say: 'Slack opens a connection for it.' };
    const isRefused = answer.fault.code === 'auth' || answer.fault.code === 'forbidden';
    return no(
      isRefused
        ? `Slack does not open a connection for this token (${answer.fault.native ?? answer.fault.code}). Make a new app-level token with the scope connections:write, in the same app.`
        : wordsOf(answer),
    );
  }

  private async with<T>(token: string, { apiUrl }: SlackConfig, work: (client: SlackClient) => Promise<T>): Promise<T> {
    const client = new SlackClient({ token, apiUrl, fetch: this.ctx.fetch, logger: slackLogger(this.ctx.log) });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
}

const no = (say: string): Finding => ({ done: false, wrong: true, say });

function wordsOf(answer: Exclude<Attempt<Learnt>, { outcome: 'done' }>): string {
  const { code, detail, native } = answer.fault;
  if (code === 'unavailable' || code === 'timeout')
    return 'Slack could not be reached, so the token was not tried. Muster goes on without it; look again in a while.';
  return detail ?? `Slack did not accept it (${native ?? code}). Copy it again from the app's pages.`;
}

const whatIsMissing = (missing: readonly Scope[]): string =>
  `The app is older than the manifest above: it lacks ${missing.map(({ name, to }) => `${name} (to ${to})`).join(', ')}. Open ${APPS}, choose the app, paste the manifest under "App Manifest", save, and choose "Reinstall to Workspace" under "Install App".`;

function signingSecret(secret: string, { signed, refused }: Proofs): Finding {
  if (secret === '') return { done: false, say: 'Copy it from "Basic Information", "App Credentials".' };
  if (!/^[0-9a-f]{32}$/i.test(secret))
    return no(
      'This is no signing secret: those have 32 digits and letters from a to f. It is under "Basic Information", "App Credentials".',
    );
  if (signed !== null) return { done: true, say: `Slack signed a request with it at ${clock(signed)}.` };
  if (refused !== null)
    return {
      done: false,
      say: `A request of ${clock(refused)} was not signed with it. Compare it with the one in Slack, under "Basic Information", "App Credentials".`,
    };
  return { done: false, say: 'Not seen yet: no request that Slack signed with it has come. It is proven by the first one.' };
}

function events({ heard }: Proofs, { mode, command }: SlackConfig, hookUrl: string): Finding {
  if (heard !== null) return { done: true, say: `The last event came at ${clock(heard)}.` };
  const why = mode === 'socket' ? '' : ` Slack has to reach ${hookUrl} from the internet, by https.`;
  return {
    done: false,
    say: `No event has come yet.${why} Once the tokens are there, invite the app to a channel and write something, or send the test message below; ${command} works in any channel.`,
  };
}

/** A server knows no reader's zone, so it names its own. */
const clock = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC on ${new Date(at).toISOString().slice(0, 10)}`;
