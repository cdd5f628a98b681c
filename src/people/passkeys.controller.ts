import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type RefusedForm, afterForm } from '#src/platform/http/pages/refused-form';
import { Pages } from '#src/platform/http/pages/pages';
import { isUuid } from '#src/platform/words/is-uuid';
import { deviceName } from './device-name.ts';
import { Door } from './door.service.ts';
import { type Fields, answerIn, challengeIn, checkMade, madeAnswer } from './passkey-answers.ts';
import { PasskeyChallenges } from './passkey-challenges.ts';
import { PasskeyOptions } from './passkey-options.service.ts';
import { PasskeyNotFound } from './passkeys.errors.ts';
import { passkeysPage } from './passkeys.pages.ts';
import { Passkeys } from './passkeys.service.ts';
import { mustBeAllowed, mustBeFresh } from './permissions.types.ts';
import type { AtTheDoor } from './people.types.ts';
import { PrintedCodes } from './printed-codes.service.ts';

const PAGE = '/settings/passkeys';

const textOf = (given: unknown): string => (typeof given === 'string' ? given : '');

/** One's own passkeys: made, named, removed. */
@Controller('settings/passkeys')
export class PasskeysController {
  constructor(
    private readonly door: Door,
    private readonly passkeys: Passkeys,
    private readonly options: PasskeyOptions,
    private readonly challenges: PasskeyChallenges,
    private readonly codes: PrintedCodes,
    private readonly pages: Pages,
  ) {}

  @Get()
  page(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.show(request, response, null);
  }

  /** What the device is to make. */
  @Post('challenge')
  @HttpCode(200)
  async begin(@Req() request: Request) {
    const somebody = await this.door.who(request);
    await this.mustBeTheirs(somebody);
    return this.options.toMake(somebody);
  }

  @Post()
  @HttpCode(201)
  async make(@Req() request: Request, @Body() fields: Fields) {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'passkey.have');
    const answer = answerIn(madeAnswer, fields);
    const here = this.options.relyingParty;
    const challenge = challengeIn(answer);
    await this.challenges.take(challenge, 'make', somebody.person.id);
    await this.passkeys.keep(await checkMade(answer, challenge, here), textOf(fields?.['name']), here.id, somebody);
    if (somebody.isStale) await this.door.sessions.confirm(somebody.badge);
    return { to: PAGE };
  }

  @Post(':id')
  async change(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    await this.mustBeTheirs(somebody);
    if (!isUuid(id)) throw new PasskeyNotFound();
    const change =
      fields?.['do'] === 'remove' ? this.passkeys.remove(id, somebody) : this.passkeys.rename(id, textOf(fields?.['name']), somebody);
    await afterForm(request, response, change, { back: PAGE, again: (refused) => this.show(request, response, refused) });
  }

  /** Whoever has nothing to show yet makes their first as they are: an invitation is all they had. @throws NotAllowed, ConfirmFirst */
  private async mustBeTheirs(somebody: AtTheDoor): Promise<void> {
    mustBeAllowed(somebody, 'passkey.have');
    const has = (await this.options.of(somebody.person.id)).length + ((await this.codes.leftOf(somebody.person.id)) ?? 0);
    if (has > 0) mustBeFresh(somebody);
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    const passkeys = await this.passkeys.of(await this.door.who(request));
    const page = passkeysPage({ passkeys, here: this.options.here, suggested: deviceName(request.headers['user-agent']), refused });
    await this.pages.send(request, response, page, refused?.status);
  }
}
