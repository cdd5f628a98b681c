import { Body, Controller, Get, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sheet, sheetNumbers } from '#libs/war-room-protocol/sheet';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { type RefusedForm, afterForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { isUuid } from '#src/platform/words/is-uuid';
import { Door } from './door.service.ts';
import { PersonNotFound } from './people.errors.ts';
import { mustBeAllowed } from './permissions.types.ts';
import type { AtTheDoor, PersonId } from './people.types.ts';
import { PrintedCodes } from './printed-codes.service.ts';
import { sheetNumbersPage } from './sheet-numbers.page.ts';
import { sheetPage } from './sheet.page.ts';
import { Sheet } from './sheet.service.ts';

const NUMBERS = '/settings/sheet';

/** One's sheet, with codes at the moment at which they are made; and what an admin puts on everybody's. */
@Controller()
export class SheetController {
  constructor(
    private readonly door: Door,
    private readonly sheet: Sheet,
    private readonly codes: PrintedCodes,
    private readonly pages: Pages,
  ) {}

  @Get('sheet')
  async page(@Req() request: Request, @Res() response: Response, @Query('for') whose: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    await this.show(request, response, somebody, whoseOf(whose, somebody), []);
  }

  @Post('sheet')
  async print(@Req() request: Request, @Res() response: Response, @Body() fields: Readonly<Record<string, unknown>>): Promise<void> {
    const somebody = await this.door.who(request);
    const whose = whoseOf(fields['for'], somebody);
    if (fields['do'] === 'end') {
      await this.codes.end(whose, somebody);
      return response.redirect(303, whose === somebody.person.id ? '/sheet' : `/sheet?for=${whose}`);
    }
    await this.show(request, response, somebody, whose, await this.codes.print(whose, somebody));
  }

  @Get('settings/sheet')
  async numbers(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.showNumbers(request, response, null);
  }

  @Post('settings/sheet')
  setHere(@Req() request: Request, @Res() response: Response, @Body() fields: Readonly<Record<string, unknown>>): Promise<void> {
    const given = typeof fields['numbers'] === 'string' ? fields['numbers'] : '';
    const lines = given.split(/\r?\n/).filter((line) => line.trim() !== '');
    return afterForm(request, response, this.setNumbers(request, { numbers: lines }), {
      back: NUMBERS,
      again: (refused) => this.showNumbers(request, response, refused),
    });
  }

  @Get('api/v1/sheet')
  @Described({ says: 'What stands on everybody’s sheet: the addresses of the war room, and numbers to call', answer: sheet })
  async facts(@Req() request: Request) {
    return this.sheet.facts(await this.door.who(request));
  }

  @Put('api/v1/sheet')
  @Described({
    says: 'Puts these numbers and bridges on everybody’s sheet, a line each, instead of those there are',
    body: sheetNumbers,
    answer: sheet,
  })
  async setNumbers(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.sheet.setNumbers(parse(sheetNumbers, body, { numbers: ['Bridge: +49 30 1234567, PIN 4711'] }).numbers, somebody);
  }

  private async show(request: Request, response: Response, viewer: AtTheDoor, whose: PersonId, codes: readonly string[]): Promise<void> {
    const [facts, standing] = [await this.sheet.facts(viewer), await this.codes.standing(whose, viewer)];
    await this.pages.send(request, response, sheetPage({ ...facts, standing, codes, viewer, madeAt: new Date() }));
  }

  private async showNumbers(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'settings.change');
    const { numbers } = await this.sheet.facts(somebody);
    await this.pages.send(request, response, sheetNumbersPage(numbers, refused), refused?.status);
  }
}

/** Nobody named: one's own. @throws PersonNotFound */
function whoseOf(given: unknown, { person }: AtTheDoor): PersonId {
  if (given === undefined || given === '') return person.id;
  if (typeof given !== 'string' || !isUuid(given)) throw new PersonNotFound();
  return given;
}
