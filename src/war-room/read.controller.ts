import { Body, Controller, Get, Param, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import * as z from 'zod/mini';
import { readMark, unreadCounts } from '#libs/war-room-protocol/views';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { type ReadMark, ReadMarks } from '#src/rooms/read-marks.service';

const seq = z.int().check(z.minimum(0));
const howFar = z.object({ seq, roles: z.optional(seq) });

/** How far a person has read, on whichever of their devices. */
@Controller('api/v1')
export class ReadController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly marks: ReadMarks,
  ) {}

  @Put('incidents/:id/read')
  @Described({
    says: 'How far you have read, on any device, and up to where you have read of roles that others gave you. It never goes back',
    body: howFar,
    answer: readMark,
  })
  async move(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<ReadMark> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    return this.marks.move(viewer.person.id, incident.id, parse(howFar, body));
  }

  @Get('unread')
  @Described({ says: 'Messages of others that you have not read, by incident: the open ones that you have been in', answer: unreadCounts })
  async unread(@Req() request: Request): Promise<{ unread: Record<string, number> }> {
    return { unread: await this.marks.unread(await this.door.who(request)) };
  }
}
