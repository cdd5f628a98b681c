import type { Request, Response } from 'express';
import { PING_MS, streamEvents } from '#libs/war-room-protocol/stream';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { RoomFeeds } from './room-feeds.ts';
import type { RoomQueries } from './room.queries.ts';

/** A page that reads slower than the room writes is let go: it resumes where it was, and costs no memory meanwhile. */
const BUFFER_BYTES = 1_000_000;
/** Deliveries change in bursts; the page needs the newest state, not each one. */
const MIRRORS_EVERY_MS = 150;

/**
 * Server-sent events. The frames of the log are shared by all who watch a room; the mirrors' state is sent whole when it
 * changes and never stored.
 */
export class RoomStream {
  private readonly open_ = new Set<Response>();

  constructor(
    private readonly feeds: RoomFeeds,
    private readonly rooms: RoomQueries,
    private readonly doorbell: Doorbell,
  ) {}

  async open(incidentId: string, after: number, request: Request, response: Response): Promise<void> {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    response.write(': welcome\n\n');
    this.open_.add(response);

    const write = (frame: string): void => {
      if (response.writableLength > BUFFER_BYTES) response.destroy();
      else if (!response.writableEnded) response.write(frame);
    };
    const ping = setInterval(() => write(': ping\n\n'), PING_MS);
    const mirrors = this.tellMirrors(incidentId, write);
    let leave: () => void = () => undefined;
    let gone = false;
    request.on('close', () => {
      gone = true;
      clearInterval(ping);
      mirrors();
      leave();
      this.open_.delete(response);
    });
    leave = await this.feeds.watch(incidentId, { cursor: after, write });
    if (gone) leave();
  }

  /** Says goodbye to every page, so that it comes back at once instead of waiting for a dead line. */
  close(): void {
    for (const response of this.open_) response.end(`event: ${streamEvents.bye}\ndata: {}\n\n`);
    this.open_.clear();
  }

  private tellMirrors(incidentId: string, write: (frame: string) => void): () => void {
    let timer: NodeJS.Timeout | null = null;
    let last = '';
    const tell = async (): Promise<void> => {
      const views = JSON.stringify(await this.rooms.mirrors(incidentId));
      if (views === last) return;
      last = views;
      write(`event: ${streamEvents.mirrors}\ndata: ${views}\n\n`);
    };
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        void tell().catch(() => undefined);
      }, MIRRORS_EVERY_MS);
    };
    const deaf = [
      this.doorbell.listen('stream', (id) => id === incidentId && soon()),
      this.doorbell.listen('deliveries', soon),
      this.doorbell.listen('mirrors', soon),
    ];
    soon();
    return () => {
      if (timer) clearTimeout(timer);
      for (const stop of deaf) stop();
    };
  }
}
