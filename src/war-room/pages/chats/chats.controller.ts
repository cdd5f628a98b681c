import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { ChatList } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door';
import { ChatViews } from './chat-views.ts';

@Controller('api/v1/chats')
export class ChatsController {
  constructor(
    private readonly door: Door,
    private readonly chats: ChatViews,
  ) {}

  @Get()
  async list(@Req() request: Request): Promise<ChatList> {
    return { chats: await this.chats.forViewer(await this.door.who(request)) };
  }
}
