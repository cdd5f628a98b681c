import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { codesPrinted, codesStanding } from '#libs/war-room-protocol/sheet';
import { Described } from '#src/platform/http/openapi/described';
import { isUuid } from '#src/platform/words/is-uuid';
import { Door } from './door.service.ts';
import { PersonNotFound } from './people.errors.ts';
import type { AtTheDoor, PersonId } from './people.types.ts';
import { PrintedCodes } from './printed-codes.service.ts';

/** Codes on paper: one's own, and for admins anybody's. */
@Controller('api/v1')
export class PrintedCodesController {
  constructor(
    private readonly door: Door,
    private readonly codes: PrintedCodes,
  ) {}

  @Get('me/codes')
  @Described({ says: 'How many codes of your sheet are still good', answer: codesStanding })
  async own(@Req() request: Request) {
    const somebody = await this.door.who(request);
    return this.codes.standing(somebody.person.id, somebody);
  }

  @Post('me/codes')
  @HttpCode(201)
  @Described({
    says: 'Ten new codes that let you in, once each. They are shown this once, and those before are good no more',
    answer: codesPrinted,
  })
  async printOwn(@Req() request: Request) {
    const somebody = await this.door.who(request);
    return this.printed(somebody.person.id, somebody);
  }

  @Delete('me/codes')
  @HttpCode(204)
  @Described({ says: 'Ends all your codes', answer: null })
  async endOwn(@Req() request: Request): Promise<void> {
    const somebody = await this.door.who(request);
    await this.codes.end(somebody.person.id, somebody);
  }

  @Get('people/:id/codes')
  @Described({ says: 'How many codes of their sheet are still good', answer: codesStanding })
  async theirs(@Req() request: Request, @Param('id') id: string) {
    return this.codes.standing(known(id), await this.door.who(request));
  }

  @Post('people/:id/codes')
  @HttpCode(201)
  @Described({ says: 'The same for somebody else, to be handed over on paper', answer: codesPrinted })
  async print(@Req() request: Request, @Param('id') id: string) {
    return this.printed(known(id), await this.door.who(request));
  }

  @Delete('people/:id/codes')
  @HttpCode(204)
  @Described({ says: 'Ends all their codes: the paper was lost, or they have left', answer: null })
  async end(@Req() request: Request, @Param('id') id: string): Promise<void> {
    await this.codes.end(known(id), await this.door.who(request));
  }

  private async printed(of: PersonId, by: AtTheDoor) {
    const codes = await this.codes.print(of, by);
    return { ...(await this.codes.standing(of, by)), codes };
  }
}

/** @throws PersonNotFound */
function known(id: string): PersonId {
  if (!isUuid(id)) throw new PersonNotFound();
  return id;
}
