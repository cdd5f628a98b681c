import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Door } from './door.service.ts';
import { localPath } from './local-path.ts';
import { type Fields, answerIn, touchedAnswer } from './passkey-answers.ts';
import { PasskeyOptions } from './passkey-options.service.ts';
import { PASSKEY } from './passkey-script.ts';
import { PasskeyTouches } from './passkey-touches.service.ts';
import { mustBeOwnPage } from './who.ts';

/** The door for whoever has a passkey: a challenge, and the answer to it. */
@Controller()
export class PasskeyDoorController {
  constructor(
    private readonly door: Door,
    private readonly options: PasskeyOptions,
    private readonly touches: PasskeyTouches,
  ) {}

  @Post('passkeys/sign-in/challenge')
  @HttpCode(200)
  begin(@Req() request: Request) {
    mustBeOwnPage(request);
    this.door.limits.tryChallenge(request);
    return this.options.toSignIn();
  }

  @Post('passkeys/sign-in')
  @HttpCode(200)
  async signIn(@Req() request: Request, @Res({ passthrough: true }) response: Response, @Body() fields: Fields) {
    mustBeOwnPage(request);
    this.door.limits.tryDoor(request);
    const session = await this.touches.signIn(answerIn(touchedAnswer, fields), this.options.relyingParty);
    this.door.letIn(response, session);
    return { to: localPath(fields?.['to']) };
  }

  @Get('passkey.js')
  script(@Res() response: Response): void {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').type('js').send(PASSKEY);
  }

  /** Browsers ask it of the name that passkeys are made for, before they use one at another address of the same war room. */
  @Get('.well-known/webauthn')
  origins() {
    return { origins: this.options.relyingParty.origins };
  }
}
