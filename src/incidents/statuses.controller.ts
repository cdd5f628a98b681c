import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { statusToAdd } from '#libs/war-room-protocol/commands';
import { statusList, statusView } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { Statuses } from './statuses.service.ts';

/** Where an incident can stand, and the organisation's own words for it. */
@Controller('api/v1/statuses')
export class StatusesController {
  constructor(
    private readonly door: Door,
    private readonly statuses: Statuses,
  ) {}

  @Get()
  @Described({ says: 'Where an incident can stand', answer: statusList })
  async list(@Req() request: Request) {
    await this.door.who(request);
    return { statuses: await this.statuses.list() };
  }

  @Post()
  @HttpCode(201)
  @Described({ says: 'Adds a status of your own, behind the others of its category', body: statusToAdd, answer: statusView })
  async add(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const { name, category } = parse(statusToAdd, body);
    return this.statuses.add(name, category, somebody);
  }

  @Delete(':name')
  @HttpCode(204)
  @Described({ says: 'Removes a status that no incident has', answer: null })
  async remove(@Req() request: Request, @Param('name') name: string): Promise<void> {
    await this.statuses.remove(name, await this.door.who(request));
  }
}
