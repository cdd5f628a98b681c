import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type ChatList, chatList } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { chatHealth } from './outage.queries.ts';

/** The chats that rooms are mirrored in, and how they are. Pretend ones belong to whoever practises, not to a list. */
@Controller('api/v1/chats')
export class OutageController {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly chats: Chats,
  ) {}

  @Get()
  @Described({ says: 'The chats that rooms are mirrored in, and how they are', answer: chatList })
  async list(@Req() request: Request): Promise<ChatList> {
    const { role } = await this.door.who(request);
    // Who only practises is shown no real one.
    const shown = (await chatHealth(this.database, this.chats)).filter(({ pretend }) => !pretend && role !== 'guest');
    return { chats: shown.map(({ detail: _, ...chat }) => chat) };
  }
}
