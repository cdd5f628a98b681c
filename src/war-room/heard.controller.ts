import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type HeardView, heardView } from '#libs/war-room-protocol/heard';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { isUuid } from '#src/platform/words/is-uuid';
import { MessageNotFound } from '#src/rooms/rooms.errors';
import { HeardQueries } from './heard.queries.ts';

/** Which chats of a room have a message, for everybody who sees the room. */
@Controller('api/v1/incidents/:id/messages')
export class HeardController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly heard: HeardQueries,
  ) {}

  @Get(':messageId/heard')
  @Described({ says: 'Where a message has been heard: in which chats of the room, when, and where to look at it', answer: heardView })
  async of(@Req() request: Request, @Param('id') id: string, @Param('messageId') messageId: string): Promise<HeardView> {
    const incident = await this.incidents.get(id, await this.door.who(request));
    if (!isUuid(messageId)) throw new MessageNotFound(messageId);
    return this.heard.of(incident.id, messageId);
  }
}
