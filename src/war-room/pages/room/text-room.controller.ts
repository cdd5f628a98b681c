import { Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import express, { type Request, type Response } from 'express';
import { uuidv7 } from 'uuidv7';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { BadRequest } from '#src/platform/http/problems';
import { beforeOf } from './before.ts';
import { RoomCommands } from '../../commands/room-commands.ts';
import { commandOf } from './command-of.ts';
import { draftOf } from './draft.ts';
import { RoomViews } from './room-view.ts';
import { roomText } from './room.text.ts';

const parseText = express.text({ type: 'text/*', limit: '1mb', defaultCharset: 'utf-8' });

/** The room as text, for curl and for screens that show nothing else. */
@Controller()
export class TextRoomController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly commands: RoomCommands,
    private readonly views: RoomViews,
  ) {}

  @Get(['i/:id.txt', 'lite/i/:id.txt'])
  async read(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Query('before') before: unknown): Promise<void> {
    const view = await this.views.read(id, await this.door.who(request), beforeOf(before));
    response
      .setHeader('Cache-Control', 'no-store')
      .type('text/plain')
      .send(roomText(view, `${view.incident.url}.txt`));
  }

  /** Posts what was sent, or does what a line such as "/severity sev1" says. The same Idempotency-Key again posts nothing new. */
  @Post(['i/:id.txt', 'lite/i/:id.txt'])
  async write(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id') id: string,
    @Headers('idempotency-key') key?: string,
  ): Promise<void> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    const text = await textOf(request, response);
    const pressed = key ? `${somebody.person.id} ${key}` : uuidv7();
    const { seq, say } = await this.commands.run(incident.id, commandOf(draftOf({ do: 'message', id: pressed, text })), actorOf(somebody));
    response
      .setHeader('Cache-Control', 'no-store')
      .type('text/plain')
      .send(`${say ?? `Posted in ${incident.number} as number ${seq}.`}\n`);
  }
}

async function textOf(request: Request, response: Response): Promise<string> {
  await new Promise<void>((resolve, reject) =>
    parseText(request, response, (error?: unknown) => (error ? reject(error as Error) : resolve())),
  );
  if (typeof request.body === 'string') return request.body;
  throw new BadRequest('Send the message as text: curl -H "Content-Type: text/plain" --data-binary "What you want to say".', 415);
}
