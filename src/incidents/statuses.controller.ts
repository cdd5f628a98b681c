import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { statusToAdd } from '#libs/war-room-protocol/commands';
import { Door } from '#src/people/door.service';
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
  async list(@Req() request: Request) {
    await this.door.who(request);
    return { statuses: await this.statuses.list() };
  }

  @Post()
  @HttpCode(201)
  async add(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const { name, category } = parse(statusToAdd, body);
    return this.statuses.add(name, category, somebody);
  }

  @Delete(':name')
  @HttpCode(204)
  async remove(@Req() request: Request, @Param('name') name: string): Promise<void> {
    await this.statuses.remove(name, await this.door.who(request));
  }
}
