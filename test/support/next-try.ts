import type { TestApp } from './app.ts';

/** As if the moment between two attempts were over: nobody sleeps until the third. For whoever waits for what comes of it. */
export async function tryAgainNow(app: TestApp): Promise<void> {
  const lanes = await app.database.query<{ instance: string }>(
    'update inbox_lane set retry_at = null where retry_at is not null returning instance',
  );
  for (const { instance } of lanes) app.doorbell.ring({ topic: 'inbox', id: instance });
  const streams = await app.database.query<{ stream_id: string }>(
    'update follower_cursor set retry_at = null where retry_at is not null returning stream_id',
  );
  for (const { stream_id: id } of streams) app.doorbell.ring({ topic: 'stream', id });
}
