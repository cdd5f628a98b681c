import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { commandDone, roomCommand } from '#libs/war-room-protocol/commands';
import { PROTOCOL } from '#libs/war-room-protocol/vocabulary';
import { type EventPage, type RoomSnapshot, eventPage, roomSnapshot } from '#libs/war-room-protocol/views';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { RoleHolders } from '#src/incidents/roles/role-holders.service';
import { AsOne } from '#src/people/as-one.service';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { Described } from '#src/platform/http/openapi/described';
import { cut, pageRequest, seqCursor } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { BadRequest } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { ReadMarks } from '#src/rooms/read-marks.service';
import { toWire } from '#src/rooms/rooms.wire';
import { UpdateQueries } from '#src/updates/updates.queries';
import { GivenUp } from './given-up.ts';
import { exampleFor } from './commands/examples.ts';
import { RoomCommands } from './commands/room-commands.ts';
import { RoomQueries } from './room.queries.ts';
import { RoomStream } from './room-stream.ts';

const eventsRequest = z.object(pageRequest(seqCursor));
const streamRequest = z.object({ after: eventsRequest.shape.after });
const FROM_THE_START = { after: 0 };

/** The room over HTTP: read it, follow it, act in it. Nothing on these ways leaves this machine. */
@Controller('api/v1/incidents/:id')
export class RoomController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly rooms: RoomQueries,
    private readonly log: StreamLog,
    private readonly stream: RoomStream,
    private readonly commands: RoomCommands,
    private readonly work: Switchboard,
    private readonly givenUp: GivenUp,
    private readonly readMarks: ReadMarks,
    private readonly updates: UpdateQueries,
    private readonly roles: RoleHolders,
    private readonly asOne: AsOne,
  ) {}

  @Get('snapshot')
  @Described({ says: 'What a room shows before its events are read', answer: roomSnapshot })
  async snapshot(@Req() request: Request, @Param('id') id: string): Promise<RoomSnapshot> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    const [people, roles, mirrors, waiting, read] = await Promise.all([
      this.rooms.people(incident.id),
      this.roles.of(incident.id),
      this.rooms.mirrors(incident.id),
      this.updates.of(incident.id),
      this.readMarks.of(viewer.person.id, incident.id),
    ]);
    return { protocol: PROTOCOL, incident, people, roles, mirrors, waiting, read, givenUp: this.givenUp.lines() };
  }

  @Get('events')
  @Described({ says: 'What happened in the room, in order', query: eventsRequest, answer: eventPage })
  async events(@Req() request: Request, @Param('id') id: string): Promise<EventPage> {
    const incident = await this.incidents.get(id, await this.door.who(request));
    const { after = 0, limit } = parse(eventsRequest, request.query, FROM_THE_START);
    mustHaveReached(after, incident.seq);
    const { shown, next, more } = cut(await this.log.read(incident.id, after, limit + 1), { after, limit }, ({ seq }) => seq);
    return { events: (await this.asOne.read(shown)).map(toWire), next, more };
  }

  @Get('stream')
  @Described({
    says: 'What happens in the room, as it happens: server-sent events `room` (an Event), `mirrors` and `bye`. Goes on after Last-Event-ID',
    query: streamRequest,
    answer: 'text/event-stream',
  })
  async follow(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    this.work.check('streams');
    const last = request.headers['last-event-id'];
    const asked = typeof last === 'string' && last !== '' ? { after: last } : request.query;
    const { after: from = 0 } = parse(streamRequest, asked, FROM_THE_START);
    mustHaveReached(from, incident.seq);
    await this.stream.open(incident.id, viewer, from, request, response);
  }

  @Post('commands')
  @HttpCode(200)
  @Described({
    says: 'Does something in the room. The same id again does nothing and answers the same',
    body: roomCommand,
    answer: commandDone,
  })
  async act(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    return this.commands.run(incident.id, parse(roomCommand, body, exampleFor(body)), actorOf(somebody));
  }
}

/** A cursor is a number the room has given out. One it has not reached belongs to another room or another database. */
function mustHaveReached(cursor: number, last: number): void {
  if (cursor <= last) return;
  throw new BadRequest(
    `This room has reached ${last}, and ${cursor} was asked for: that number is not from this room. Read the snapshot and go on from its seq.`,
    409,
  );
}
