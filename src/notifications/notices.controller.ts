import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { tried, wayList, wayMade, wayToChange, wayToMake, wayView } from './notifications.types.ts';
import { OwnAddress, addressToSet, codeToConfirm, ownAddress } from './own-address.service.ts';
import { Ways } from './ways.service.ts';

const EXAMPLE = {
  kind: 'smtp',
  name: 'Mail',
  settings: { host: 'smtp.example.com', port: 587, security: 'starttls', user: 'muster', from: 'muster@example.com' },
  secret: 'the password',
};

/** How people are told when a chat is down. The ways are an admin's, each person's address is their own. */
@Controller('api/v1')
export class NoticesController {
  constructor(
    private readonly door: Door,
    private readonly ways: Ways,
    private readonly own: OwnAddress,
  ) {}

  @Get('notices/ways')
  @Described({
    says: 'By which ways people are told when a chat is down, whether each is known to work, and whether they are enough',
    answer: wayList,
  })
  async list(@Req() request: Request) {
    return this.ways.list(await this.door.who(request));
  }

  @Post('notices/ways')
  @HttpCode(201)
  @Described({
    says: 'Tells people by another way as well. It is tried out at once. The secret of a webhook is shown this once',
    body: wayToMake,
    answer: wayMade,
  })
  async make(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.ways.make(parse(wayToMake, body, EXAMPLE), somebody);
  }

  @Get('notices/ways/:id')
  @Described({ says: 'One of them', answer: wayView })
  async get(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.ways.get(id, await this.door.who(request));
  }

  @Patch('notices/ways/:id')
  @Described({ says: 'Changes it, or switches it off or on. What is left out stays', body: wayToChange, answer: wayView })
  async change(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.ways.change(id, parse(wayToChange, body, { on: true }), somebody);
  }

  @Delete('notices/ways/:id')
  @HttpCode(204)
  @Described({ says: 'Removes it, and what is known of who was told by it', answer: null })
  async remove(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.ways.remove(id, await this.door.who(request));
  }

  @Post('notices/ways/:id/test')
  @HttpCode(200)
  @Described({ says: 'Tries it out, waking nobody, and says what became of it', answer: tried })
  async test(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.ways.tryOut(id, await this.door.who(request));
  }

  @Get('me/mail')
  @Described({ says: 'At which mail address you are told when a chat is down', answer: ownAddress })
  async mail(@Req() request: Request) {
    return this.own.get(await this.door.who(request));
  }

  @Put('me/mail')
  @Described({
    says: 'Sends a code to an address of yours; nothing else is sent there until it is confirmed',
    body: addressToSet,
    answer: ownAddress,
  })
  async setMail(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.own.set(parse(addressToSet, body, { address: 'ana@example.com' }), somebody);
  }

  @Post('me/mail/confirm')
  @HttpCode(200)
  @Described({
    says: 'Confirms the address by the code that was sent there, which proves as well that mail arrives',
    body: codeToConfirm,
    answer: ownAddress,
  })
  async confirmMail(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.own.confirm(parse(codeToConfirm, body, { code: 'K7QM-4F2P' }).code, somebody);
  }

  @Delete('me/mail')
  @HttpCode(200)
  @Described({ says: 'Forgets your address', answer: ownAddress })
  async removeMail(@Req() request: Request) {
    return this.own.remove(await this.door.who(request));
  }
}
