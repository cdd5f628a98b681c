import type { Request, Response } from 'express';
import { PING_MS, streamEvents } from '#libs/war-room-protocol/stream';
import type { Visibility } from '#src/incidents/visibility.queries';
import type { AtTheDoor } from '#src/people/people.types';
import type { GivenUp } from './given-up.ts';
import type { MirrorFeeds } from './mirror-feeds.ts';
import type { OpenStreams } from './open-streams.ts';
import type { PeopleFeed } from './people-feed.ts';
import type { RoomFeeds } from './room-feeds.ts';

/** A page that reads slower than the room writes is let go: it resumes where it was, and costs no memory meanwhile. */
const BUFFER_BYTES = 1_000_000;

/** Server-sent events: the room's log and the state of its mirrors, each read once for all who watch. */
export class RoomStream {
  constructor(
    private readonly feeds: RoomFeeds,
    private readonly mirrors: MirrorFeeds,
    private readonly visibility: Visibility,
    private readonly givenUp: GivenUp,
    private readonly streams: OpenStreams,
    private readonly people: PeopleFeed,
  ) {}

  async open(incidentId: string, viewer: AtTheDoor, after: number, request: Request, response: Response): Promise<void> {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    response.write(': welcome\n\n');
    const end = (): void => {
      if (!response.writableEnded) response.end(`event: ${streamEvents.bye}\ndata: {}\n\n`);
    };
    const isOver = this.streams.add(viewer, end);

    const write = (frame: string): void => {
      if (response.writableLength > BUFFER_BYTES) response.destroy();
      else if (!response.writableEnded) response.write(frame);
    };
    const noMoreGivenUp = this.givenUp.watch((lines) => write(`event: ${streamEvents.givenUp}\ndata: ${JSON.stringify(lines)}\n\n`));
    const ping = setInterval(() => write(': ping\n\n'), PING_MS);
    const noMoreMirrors = this.mirrors.watch(incidentId, write);
    const noMorePeople = this.people.watch(incidentId, write);
    let leave: () => void = () => undefined;
    let gone = false;
    request.on('close', () => {
      gone = true;
      clearInterval(ping);
      noMoreGivenUp();
      noMoreMirrors();
      noMorePeople();
      leave();
      isOver();
    });
    const maySee = (): Promise<boolean> => this.visibility.maySee(incidentId, viewer);
    leave = await this.feeds.watch(incidentId, { cursor: after, write, maySee, end });
    if (gone) leave();
  }
}
