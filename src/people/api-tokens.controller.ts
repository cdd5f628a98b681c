import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { tokenToMake } from '#libs/war-room-protocol/commands';
import { tokenList, tokenMade } from '#libs/war-room-protocol/organisation';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { Pages } from '#src/platform/http/pages/pages';
import { parse } from '#src/platform/http/parse';
import { problemOf } from '#src/platform/http/problems';
import { isUuid } from '#src/platform/words/is-uuid';
import { type TokenDraft, tokenDraftOf, toMakeOf } from './api-token-draft.ts';
import { tokenMadePage, tokensPage } from './api-tokens.pages.ts';
import { ApiTokens } from './api-tokens.service.ts';
import { Door } from './door.service.ts';
import { TokenNotFound } from './people.errors.ts';
import type { AtTheDoor } from './people.types.ts';

const listRequest = z.object(pageRequest(z.uuid(), 200));
const EXAMPLE = { name: 'Deploys', scopes: ['read', 'write'] };

/** Tokens of the API: made, shown once, revoked. */
@Controller()
export class ApiTokensController {
  constructor(
    private readonly door: Door,
    private readonly tokens: ApiTokens,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/tokens')
  @Described({ says: 'Your tokens of the API; an admin sees those of everybody', query: listRequest, answer: tokenList })
  async list(@Req() request: Request) {
    const somebody = await this.door.who(request);
    return this.tokens.page(parse(listRequest, request.query), somebody);
  }

  @Post('api/v1/tokens')
  @HttpCode(201)
  @Described({ says: 'Makes a token that acts as you. It is shown this once', body: tokenToMake, answer: tokenMade })
  async make(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const { name, scopes, expiresAt } = parse(tokenToMake, body, EXAMPLE);
    const { token, value } = await this.tokens.make({ name, scopes, expiresAt: expiresAt ? new Date(expiresAt) : null }, somebody);
    return { ...token, token: value };
  }

  @Delete('api/v1/tokens/:id')
  @HttpCode(204)
  @Described({ says: 'Revokes a token at once', answer: null })
  async revoke(@Req() request: Request, @Param('id') id: string): Promise<void> {
    await this.tokens.revoke(known(id), await this.door.who(request));
  }

  @Get('settings/tokens')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, await this.door.who(request), null, null);
  }

  /** Made: the token, this once. Not made: the form again, with why and with what was typed. */
  @Post('settings/tokens')
  async makeOnPage(@Req() request: Request, @Res() response: Response, @Body() fields: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    const draft = tokenDraftOf(fields);
    try {
      const { token, value } = await this.tokens.make(toMakeOf(draft, new Date()), somebody);
      await this.pages.send(request, response, tokenMadePage(token, value));
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400) throw error;
      await this.show(request, response, somebody, draft, detail);
    }
  }

  @Post('settings/tokens/:id/revoke')
  async revokeOnPage(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    await this.tokens.revoke(known(id), await this.door.who(request));
    response.redirect(303, '/settings/tokens');
  }

  private async show(
    request: Request,
    response: Response,
    viewer: AtTheDoor,
    draft: TokenDraft | null,
    problem: string | null,
  ): Promise<void> {
    const page = tokensPage({
      ...(await this.tokens.page(parse(listRequest, request.query), viewer)),
      viewer,
      draft: draft ?? tokenDraftOf(null),
      problem,
      now: new Date(),
    });
    await this.pages.send(request, response, page, problem === null ? 200 : 400);
  }
}

/** @throws TokenNotFound */
function known(id: string): string {
  if (!isUuid(id)) throw new TokenNotFound();
  return id;
}
