import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type ChatWordTaken, chatWord, chatWordTaken } from '#libs/war-room-protocol/chat-word';
import { type ChatList, chatList } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { PersonsWord } from './persons-word.service.ts';
import { chatHealth } from './outage.queries.ts';

/** The chats that rooms are mirrored in, and how they are. Pretend ones belong to whoever practises, not to a list. */
@Controller('api/v1/chats')
export class OutageController {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly words: PersonsWord,
  ) {}

  @Get()
  @Described({ says: 'The chats that rooms are mirrored in, and how they are', answer: chatList })
  async list(@Req() request: Request): Promise<ChatList> {
    const { role } = await this.door.who(request);
    // Who only practises is shown no real one.
    const shown = (await chatHealth(this.database, this.chats)).filter(({ pretend }) => !pretend && role !== 'guest');
    return { chats: shown.map(({ detail: _, ...chat }) => chat) };
  }

  @Post(':chat/word')
  @HttpCode(200)
  @Described({
    says: 'Says that a chat is down, or back: Muster believes it at once, and tells everybody whose word it is',
    body: chatWord,
    answer: chatWordTaken,
  })
  async say(@Req() request: Request, @Param('chat') chat: string, @Body() body: unknown): Promise<ChatWordTaken> {
    const by = actorOf(await this.door.who(request));
    const { word } = parse(chatWord, body, { word: 'down' });
    return { say: await this.database.transaction((tx) => this.words.say(tx, chat, word, by)) };
  }
}
