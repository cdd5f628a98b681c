import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { roomCommand } from '#libs/war-room-protocol/commands';
import { PROTOCOL } from '#libs/war-room-protocol/vocabulary';
import type { EventPage, RoomSnapshot } from '#libs/war-room-protocol/views';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { parse } from '#src/platform/http/parse';
import { BadRequest } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { ReadMarks } from '#src/rooms/read-marks.service';
import { GivenUp } from './given-up.ts';
import { RoomCommands } from './room-commands.ts';
import { RoomQueries } from './room.queries.ts';
import { RoomStream } from './room-stream.ts';
import { toWire } from './wire-event.ts';

const PAGE = 500;
const A_COMMAND = { id: '018f4d2e-9b1c-7a3d-8e5f-0123456789ab', type: 'message', body: { text: 'We look into it' } };

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
  ) {}

  @Get('snapshot')
  async snapshot(@Req() request: Request, @Param('id') id: string): Promise<RoomSnapshot> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    const [people, mirrors, read] = await Promise.all([
      this.rooms.people(incident.id),
      this.rooms.mirrors(incident.id),
      this.readMarks.of(viewer.person.id, incident.id),
    ]);
    return { protocol: PROTOCOL, incident, people, mirrors, read, givenUp: this.givenUp.lines() };
  }

  @Get('events')
  async events(@Req() request: Request, @Param('id') id: string, @Query('after') after?: string): Promise<EventPage> {
    const incident = await this.incidents.get(id, await this.door.who(request));
    const from = cursorOf(after, incident.seq);
    const events = await this.log.read(incident.id, from, PAGE + 1);
    const page = events.slice(0, PAGE);
    return { events: page.map(toWire), next: page.at(-1)?.seq ?? from, more: events.length > PAGE };
  }

  @Get('stream')
  async follow(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Query('after') after?: string): Promise<void> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    this.work.check('streams');
    const last = request.headers['last-event-id'];
    const from = cursorOf(typeof last === 'string' && last !== '' ? last : after, incident.seq);
    await this.stream.open(incident.id, viewer, from, request, response);
  }

  @Post('commands')
  @HttpCode(200)
  async act(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    return this.commands.run(incident.id, parse(roomCommand, body, A_COMMAND), actorOf(somebody));
  }
}

/** A cursor is a number the room has given out. One it has not reached belongs to another room or another database. */
function cursorOf(given: string | undefined, last: number): number {
  if (given === undefined || given === '') return 0;
  const cursor = Number(given);
  if (!Number.isSafeInteger(cursor) || cursor < 0)
    throw new BadRequest(`"${given.slice(0, 40)}" is no place in a room. Ask with after=0, or after the last seq that you have.`);
  if (cursor > last) {
    throw new BadRequest(
      `This room has reached ${last}, and ${cursor} was asked for: that number is not from this room. Read the snapshot and go on from its seq.`,
      409,
    );
  }
  return cursor;
}
