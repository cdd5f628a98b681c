import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type Me, me } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { allOf } from '#src/people/permissions.types';
import { Described } from '#src/platform/http/openapi/described';

@Controller('api/v1/me')
export class MeController {
  constructor(private readonly door: Door) {}

  @Get()
  @Described({ says: 'Who you are, and what you may do', answer: me })
  async me(@Req() request: Request): Promise<Me> {
    const { person, role } = await this.door.who(request);
    return { person, role, may: allOf(role) };
  }
}
