import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import * as z from 'zod/mini';
import { Door } from '#src/people/door.service';
import { type Actor, actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { asideList } from './operations.queries.ts';
import { Operations } from './operations.service.ts';
import { asideList as asidePage, asideView, operationsView, workState } from './operations.types.ts';

/** `until`: from then on the word does not count any more. */
const switchRequest = z.object({
  off: z.nullable(z.boolean()),
  why: z.string(),
  until: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
});
const dropRequest = z.object({ why: z.string() });

const listRequest = z.object(pageRequest(z.uuid()));

/** How Muster itself is, and what is to be decided about it. For admins. */
@Controller('api/v1/operations')
export class OperationsController {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly operations: Operations,
  ) {}

  @Get()
  @Described({ says: 'Processes, queues, what was put aside, and which work is done', answer: operationsView })
  async all(@Req() request: Request) {
    await this.admin(request);
    return this.operations.view();
  }

  @Get('quarantine')
  @Described({ says: 'What could not be handled, oldest first', query: listRequest, answer: asidePage })
  async list(@Req() request: Request) {
    await this.admin(request);
    return asideList(this.database, parse(listRequest, request.query));
  }

  @Post('quarantine/:id/replay')
  @HttpCode(200)
  @Described({ says: 'Tries once more, and says what came of it', answer: asideView })
  async replay(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.operations.replay(id, await this.admin(request));
  }

  @Post('quarantine/:id/drop')
  @HttpCode(200)
  @Described({ says: 'Gives it up, and says why', body: dropRequest, answer: asideView })
  async drop(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string, @Body() body: unknown) {
    const by = await this.admin(request);
    return this.operations.drop(id, parse(dropRequest, body).why, by);
  }

  @Put('switches/:work')
  @Described({
    says: 'Switches a class of work off or on for every process; null takes an earlier word back',
    body: switchRequest,
    answer: workState,
  })
  async switch(@Req() request: Request, @Param('work') work: string, @Body() body: unknown) {
    const by = await this.admin(request);
    const { off, why, until } = parse(switchRequest, body);
    return this.operations.switch(work, off, why, until ? new Date(until) : null, by);
  }

  private async admin(request: Request): Promise<Actor> {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'operations.see');
    return actorOf(somebody);
  }
}
