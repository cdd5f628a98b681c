import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppModule } from '#src/app.module';
import { AbandonedInteractions } from '#src/conversation/abandoned';
import { DrillHost } from '#src/drills/drill-host';
import { Sweep } from '#src/artifacts/sweep';
import { NoticeSender } from '#src/notifications/notice-sender';
import { WayCanaries } from '#src/notifications/way-canaries';
import { Presence } from '#src/operations/presence';
import { CanaryEars } from '#src/outage/canary-ears';
import { OutageWatch } from '#src/outage/outage-watch';
import { StatusFeeds } from '#src/outage/status-feeds';
import { ApiTokens } from '#src/people/api-tokens.service';
import { ChatSecrets } from '#src/platform/chats/chat-secrets';
import { Chats } from '#src/platform/chats/chats';
import { FrontDoor } from '#src/platform/chats/front-door';
import { Hooks } from '#src/platform/chats/hooks';
import { keepInstances } from '#src/platform/chats/keep-instances';
import { Database } from '#src/platform/database/database';
import { ServerClock } from '#src/platform/database/server-clock';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { HomePublisher } from '#src/home/home-publisher';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { answerFirst, prepareHttp } from '#src/platform/http/http-app';
import type { Log } from '#src/platform/logging/logging';
import { NestLog } from '#src/platform/logging/nest-log';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { Metrics } from '#src/platform/metrics/metrics';
import type { PlatformOptions } from '#src/platform/platform.module';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { Replays } from '#src/platform/quarantine/replays';
import { Retention } from '#src/platform/retention/retention';
import { PracticeHost } from '#src/practice/practice-host';
import { ArchiveWatch } from '#src/rooms/archiving/archive-watch';
import { CatchUp } from '#src/rooms/gaps/catch-up';
import { LookBack } from '#src/rooms/gaps/look-back';
import { DeliveryWorker } from '#src/rooms/deliveries/delivery-worker';
import { FileFetcher } from '#src/rooms/files/file-fetcher';
import { Sweeper } from '#src/rooms/sweeps/sweeper';
import { NudgeWatch } from '#src/updates/nudge-watch';
import { MirrorFeeds } from '#src/war-room/mirror-feeds';
import { PeopleFeed } from '#src/war-room/people-feed';
import { RoomFeeds } from '#src/war-room/room-feeds';
import { OpenStreams } from '#src/war-room/open-streams';
import { WebhookSender } from '#src/webhooks/webhook-sender';

export interface Running {
  readonly app: INestApplication;
  /** Finishes what is under way, says goodbye to pages, gives up claims, and leaves nothing behind. May be called twice. */
  stop(): Promise<void>;
}

const START_TRIES = 60;
const START_AGAIN_MS = 250;
/** For answers that are under way when Muster is stopped. */
const LAST_ANSWERS_MS = 2_000;

interface Part {
  start?(): Promise<void> | void;
  stop(): Promise<void> | void;
}

/**
 * One Muster process playing the given roles. HTTP opens first: the room must not wait for a chat's SDK to load or for a
 * chat to answer.
 */
export async function startMuster(
  options: PlatformOptions,
  listen: { readonly port: number; readonly host: string } | null,
): Promise<Running> {
  const { config, roles, log } = options;
  const app = await NestFactory.create(AppModule.with(options), new ExpressAdapter(), {
    bodyParser: false,
    logger: new NestLog(log),
    abortOnError: false,
  });
  const isSecure = config.PUBLIC_URL.startsWith('https:');
  prepareHttp(app, log, isSecure, config.MUSTER_PROXIES);
  const hooks = new Hooks(app.get(FrontDoor), app.get(Chats), app.get(Metrics), log, isSecure);
  answerFirst(app.getHttpServer() as Server, hooks);
  await app.init();
  await app.get(Doorbell).open();
  if (config.MUSTER_BOOTSTRAP_TOKEN) await app.get(ApiTokens).keepBootstrapToken(config.MUSTER_BOOTSTRAP_TOKEN);
  await app.get(FollowerRunners).register();
  if (listen) await app.listen(listen.port, listen.host);

  const parts = partsOf(app, options);
  for (const part of parts) await startPart(part, log);

  let stopped: Promise<void> | null = null;
  return { app, stop: () => (stopped ??= stopAll(app, parts, roles.includes('web'))) };
}

/**
 * The database may go away while we start, a second after HTTP opened. Ending then would take the room away again, so the
 * part is started again until it runs; after that many tries something else is wrong, and the supervisor should see it.
 */
async function startPart(part: Part, log: Log): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await part.start?.();
    } catch (error) {
      if (attempt === START_TRIES) throw error;
      log.warn({ attempt, error }, 'a part could not be started yet, will try again');
      await sleep(START_AGAIN_MS);
    }
  }
}

function partsOf(app: INestApplication, { roles, log }: PlatformOptions): Part[] {
  const chats = app.get(Chats);
  const parts: Part[] = [];
  const ingests = roles.includes('ingest');
  // Practice plays chats of its own; it speaks to none, and needs to know only what this build can play.
  const speaks = roles.some((role) => role !== 'practice');
  parts.push({
    start: async () => {
      const settings = await chats.learn();
      if (!speaks) return;
      if (ingests) {
        await keepInstances(app.get(Database), settings, app.get(ChatSecrets), log);
        app.get(Doorbell).ring({ topic: 'chats', id: 'environment' });
      }
      await chats.open(ingests ? (instance) => app.get(FrontDoor).inletFor(instance) : null);
    },
    stop: () => chats.close(),
  });
  parts.push(app.get(Switchboard), app.get(Presence));
  if (ingests) parts.push(app.get(CanaryEars));
  if (roles.includes('worker'))
    parts.push(
      app.get(ServerClock),
      app.get(FollowerRunners),
      app.get(HomePublisher),
      app.get(InboxHandlers),
      app.get(AbandonedInteractions),
      app.get(CatchUp),
      app.get(DeliveryWorker),
      app.get(LookBack),
      app.get(Sweeper),
      app.get(ArchiveWatch),
      app.get(FileFetcher),
      app.get(WebhookSender),
      app.get(NoticeSender),
      app.get(Replays),
    );
  if (roles.includes('clock'))
    parts.push(
      app.get(OutageWatch),
      app.get(StatusFeeds),
      app.get(WayCanaries),
      app.get(NudgeWatch),
      app.get(Sweep),
      app.get(Retention),
      app.get(DrillHost),
    );
  if (roles.includes('practice')) parts.push(app.get(PracticeHost));
  return parts;
}

async function stopAll(app: INestApplication, parts: readonly Part[], web: boolean): Promise<void> {
  if (web) {
    app.get(OpenStreams).close();
    app.get(RoomFeeds).close();
    app.get(MirrorFeeds).close();
    app.get(PeopleFeed).close();
  }
  for (const part of [...parts].reverse()) await part.stop();
  await app.get(Doorbell).close();
  await closeHttp(app);
}

/** A browser opens connections before it has a question; Node would wait a minute for one, and whoever stops Muster does not. */
async function closeHttp(app: INestApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await app.close();
  clearTimeout(impatience);
}
