import type { AdapterContext, ChatAdapter, Inlet } from '@musterhq/chat-port';
import { capabilities } from './capabilities.ts';
import { AnswerDesk } from './inbound/answer-desk.ts';
import { BoltDecoder } from './inbound/bolt-decoder.ts';
import { SlackSockets } from './inbound/sockets.ts';
import { SlackWebhooks } from './inbound/webhooks.ts';
import { SlackAnswers } from './outbound/answers.ts';
import { SlackFiles } from './outbound/files.ts';
import { SlackForms } from './outbound/forms.ts';
import { SlackHistory } from './outbound/history.ts';
import { KnownChannels } from './outbound/known-channels.ts';
import { SlackHome } from './outbound/home.ts';
import { SlackMessages } from './outbound/messages.ts';
import { SlackPeople } from './outbound/people.ts';
import { SlackRooms } from './outbound/rooms.ts';
import { SlackClient } from './slack-client.ts';
import { parseConfig } from './slack-config.ts';
import { SlackHealth } from './slack-health.ts';
import { SlackIdentity } from './slack-identity.ts';
import { slackLogger } from './slack-logger.ts';
import { SlackProofs } from './slack-proofs.ts';
import { SlackPulse } from './slack-pulse.ts';
import { slackStatusFeed } from './slack-status-feed.ts';

/**
 * One installed Slack app behind the port.
 *
 * Throws for a configuration or a secret that is missing, and for nothing else: whether Slack can be reached is a
 * matter of `health$`, now and later.
 */
export async function createSlackAdapter(ctx: AdapterContext): Promise<ChatAdapter> {
  const config = parseConfig(ctx.config);
  const { mode, apiUrl } = config;
  const statusFeed = slackStatusFeed(config);
  const token = await ctx.secrets.get('bot_token');
  const appToken = mode === 'socket' ? await ctx.secrets.get('app_token') : undefined;
  if (mode === 'http') await ctx.secrets.get('signing_secret');

  const now = (): number => ctx.now();
  const logger = slackLogger(ctx.log);
  const health = new SlackHealth(now, mode === 'socket');
  const client: SlackClient = new SlackClient({ token, apiUrl, fetch: ctx.fetch, logger, heard: (attempt) => pulse.heard(attempt) });
  const identity = new SlackIdentity(ctx, client, token);
  const pulse = new SlackPulse(identity, health, now);
  const known = new KnownChannels(ctx);
  const decoder = new BoltDecoder(identity, logger, {
    limited: () => health.limited(),
    removed: () => pulse.doubt(),
    made: (name, channel) => void known.made(name, channel),
  });
  const desk = new AnswerDesk(client, ctx.log);
  const proofs = new SlackProofs(ctx);
  const heard = (): void => proofs.heard(token);
  const sockets =
    appToken === undefined
      ? undefined
      : new SlackSockets({ appToken, apiUrl, fetch: ctx.fetch, logger, log: ctx.log, now, heard }, decoder, desk, health);

  await identity.recall();
  pulse.start();

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    pulse.stop();
    await sockets?.close();
    await client.close();
    health.stopped();
  };

  return {
    capabilities: () => capabilities,
    messages: new SlackMessages(client, identity),
    rooms: new SlackRooms(client, identity, ctx.instance, known),
    people: new SlackPeople(client, ctx.instance),
    history: new SlackHistory(client, identity, now),
    forms: new SlackForms(client),
    answers: new SlackAnswers(client),
    files: new SlackFiles(client, apiUrl),
    home: new SlackHome(client),
    ...(statusFeed && { statusFeed }),
    health$: health.health$,
    ...(sockets
      ? {
          connect: (inlet: Inlet, signal: AbortSignal) => Promise.resolve(sockets.connect(inlet, signal)),
          renewSilent: () => sockets.renewSilent(),
        }
      : { webhooks: new SlackWebhooks(decoder, desk, () => ctx.secrets.get('signing_secret'), ctx.log, proofs, heard) }),
    close: () => (closing ??= close()),
  };
}
