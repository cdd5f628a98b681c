import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { Drills } from './drills.service.ts';
import { drillList, drillToStart, drillView, drillsRequest } from './drills.types.ts';

/** A team's rehearsals of an outage of its chat. Nothing real breaks: only the drill's own room. */
@Controller('api/v1/drills')
export class DrillsController {
  constructor(
    private readonly door: Door,
    private readonly drills: Drills,
  ) {}

  @Get()
  @Described({ says: 'The last drills, the latest first, each with its report', query: drillsRequest, answer: drillList })
  async list(@Req() request: Request) {
    const somebody = await this.door.who(request);
    return this.drills.list(parse(drillsRequest, request.query), somebody);
  }

  @Post()
  @HttpCode(201)
  @Described({ says: 'Begins a drill: its room alone loses the chat, for so many minutes', body: drillToStart, answer: drillView })
  async start(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.drills.startAtTheDoor(parse(drillToStart, body), somebody);
  }

  @Get(':drill')
  @Described({ says: 'A drill, by its id or the number of its incident: how far it is, and at its end how it went', answer: drillView })
  async one(@Req() request: Request, @Param('drill') drill: string) {
    return this.drills.get(drill, await this.door.who(request));
  }

  @Post(':drill/stop')
  @HttpCode(200)
  @Described({ says: 'Ends a drill before its time, as it would end by itself', answer: drillView })
  async stop(@Req() request: Request, @Param('drill') drill: string) {
    return this.drills.stopAtTheDoor(drill, await this.door.who(request));
  }
}
