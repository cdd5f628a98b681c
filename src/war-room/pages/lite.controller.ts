import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COPY } from '#src/platform/http/pages/copy';
import { STYLE } from '#src/platform/http/pages/style';
import { Guests } from './guests.ts';
import { HomeAnswers } from './home/home-answers.ts';
import { draftOf, seqOf } from './room/draft.ts';
import { beforeOf } from './room/before.ts';
import { RoomAnswers } from './room/room-answers.ts';

/** The war room without a script: for slow lines, text browsers, and the day when the application does not load. */
@Controller()
export class LiteController {
  constructor(
    private readonly guests: Guests,
    private readonly home: HomeAnswers,
    private readonly room: RoomAnswers,
  ) {}

  @Get('lite.css')
  style(@Res() response: Response): void {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(STYLE);
  }

  @Get('copy.js')
  copy(@Res() response: Response): void {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').type('js').send(COPY);
  }

  @Get('lite')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.home.show(request, response, viewer);
  }

  @Get('lite/i/:id')
  async show(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Query('before') before: unknown): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.room.show(request, response, id, viewer, beforeOf(before));
  }

  @Get('lite/i/:id/m/:message')
  async message(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id') id: string,
    @Param('message') message: string,
  ): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.room.showMessage(request, response, id, seqOf(message), viewer);
  }

  @Post('lite/i/:id')
  act(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() fields: unknown): Promise<void> {
    return this.room.act(request, response, id, draftOf(fields));
  }

  @Post('lite/i/:id/files')
  add(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.room.add(request, response, id);
  }

  @Post('lite/i/:id/read')
  read(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body('roles') roles: unknown): Promise<void> {
    return this.room.read(request, response, id, seqOf(String(roles)));
  }

  @Get('declare')
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.home.form(request, response);
  }

  @Post('declare')
  declare(@Req() request: Request, @Res() response: Response, @Body() fields: unknown): Promise<void> {
    return this.home.declare(request, response, fields);
  }
}
