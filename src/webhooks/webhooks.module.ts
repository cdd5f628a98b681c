import { Module } from '@nestjs/common';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { AsOne } from '#src/people/as-one.service';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { Addresses } from '#src/platform/outgoing/addresses';
import { Replays } from '#src/platform/quarantine/replays';
import { Vault } from '#src/platform/secrets/vault';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { ReplayWebhook } from './replay-webhook.ts';
import { WebhookFollower } from './webhook-follower.ts';
import { WebhookPost } from './webhook-post.ts';
import { WebhookSender } from './webhook-sender.ts';
import { WebhookTests } from './webhook-tests.service.ts';
import { WebhooksController } from './webhooks.controller.ts';
import { TooManyWebhooks, WebhookNotFound } from './webhooks.errors.ts';
import { WebhooksPages } from './webhooks-pages.controller.ts';
import { WebhookQueries } from './webhooks.queries.ts';
import { Webhooks } from './webhooks.service.ts';

/** Shorter than what was put aside is given time for. */
const REPLAY_TIMEOUT_MS = 10_000;

@Module({
  imports: [IncidentsModule],
  controllers: [WebhooksController, WebhooksPages],
  providers: [
    {
      provide: WebhookPost,
      useFactory: (vault: Vault, addresses: Addresses) => new WebhookPost(vault, addresses),
      inject: [Vault, Addresses],
    },
    {
      provide: Webhooks,
      useFactory: (database: Database, log: StreamLog, doorbell: Doorbell, vault: Vault, addresses: Addresses) => {
        mapErrors(404, WebhookNotFound);
        mapErrors(409, TooManyWebhooks);
        return new Webhooks(database, log, doorbell, vault, addresses, new WebhookQueries(database));
      },
      inject: [Database, StreamLog, Doorbell, Vault, Addresses],
    },
    {
      provide: WebhookTests,
      useFactory: (database: Database, post: WebhookPost, doorbell: Doorbell, work: Switchboard) =>
        new WebhookTests(database, post, doorbell, work),
      inject: [Database, WebhookPost, Doorbell, Switchboard],
    },
    {
      provide: WebhookSender,
      useFactory: (
        database: Database,
        streams: StreamLog,
        asOne: AsOne,
        post: WebhookPost,
        doorbell: Doorbell,
        log: Log,
        work: Switchboard,
        followers: FollowerRunners,
        replays: Replays,
        vault: Vault,
        addresses: Addresses,
      ) => {
        followers.add(new WebhookFollower(doorbell));
        replays.add(new ReplayWebhook(database, streams, asOne, new WebhookPost(vault, addresses, REPLAY_TIMEOUT_MS), doorbell, work));
        return new WebhookSender(database, streams, asOne, post, doorbell, log, work);
      },
      inject: [Database, StreamLog, AsOne, WebhookPost, Doorbell, LOG, Switchboard, FollowerRunners, Replays, Vault, Addresses],
    },
  ],
  exports: [WebhookSender],
})
export class WebhooksModule {}
