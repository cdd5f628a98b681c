import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Database } from '#src/platform/database/database';
import { Pages } from '#src/platform/http/pages/pages';
import { Door } from './door.service.ts';
import { localPath } from './local-path.ts';
import { PasskeyOptions } from './passkey-options.service.ts';
import { AccountDeactivated, LinkNotUsable, NameMissing, PrintedCodeNotUsable } from './people.errors.ts';
import { FEW, PrintedCodes } from './printed-codes.service.ts';
import { alreadyInsidePage, codeRefusedPage, confirmPage, doorsPage, openLinkPage, tokenRefusedPage } from './sign-in.pages.ts';
import { createLink, peekLink } from './sign-in-links.ts';
import { mustBeOwnPage } from './who.ts';

type Fields = Readonly<Record<string, unknown>> | undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The doors. Only the button lets somebody in: links are opened by mail scanners and previews too. */
@Controller()
export class SignInController {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly codes: PrintedCodes,
    private readonly passkeys: PasskeyOptions,
  ) {}

  @Get('sign-in')
  async doors(@Req() request: Request, @Res() response: Response, @Query('to') to: unknown): Promise<void> {
    const inside = await this.door.inside(request);
    const isInside = inside !== null && inside.role !== 'guest';
    if (!isInside) return this.pages.send(request, response, doorsPage(localPath(to), inside !== null, this.passkeys.here));
    const codes = await this.codes.leftOf(inside.person.id);
    await this.pages.send(request, response, alreadyInsidePage(inside.person.name, localPath(to), { codes }));
  }

  /** Whoever is in shows once more who they are, by signing in again. */
  @Get('confirm')
  async confirm(@Req() request: Request, @Res() response: Response, @Query('to') to: unknown): Promise<void> {
    const { person } = await this.door.who(request);
    const has = (await this.passkeys.of(person.id)).length > 0;
    await this.pages.send(request, response, confirmPage(person.name, localPath(to), this.passkeys.here, has));
  }

  /** What people have without a link: a code on paper, or the token that Muster was started with. */
  @Post('sign-in')
  async withoutLink(@Req() request: Request, @Res() response: Response, @Body() body: Fields): Promise<void> {
    mustBeOwnPage(request);
    this.door.limits.tryDoor(request);
    const to = localPath(body?.['to']);
    return typeof body?.['code'] === 'string'
      ? this.withCode(request, response, body['code'], to)
      : this.withToken(request, response, body, to);
  }

  private async withCode(request: Request, response: Response, code: string, to: string): Promise<void> {
    try {
      const { session, left } = await this.codes.signIn(code);
      this.door.letIn(response, session);
      response.redirect(303, left <= FEW ? `/sign-in?to=${encodeURIComponent(to)}` : to);
    } catch (error) {
      if (!(error instanceof PrintedCodeNotUsable || error instanceof AccountDeactivated)) throw error;
      await this.pages.send(request, response, codeRefusedPage(to, code, error.message), 401);
    }
  }

  /** It opens the first admin's session, for machines without a terminal. */
  private async withToken(request: Request, response: Response, body: Fields, to: string): Promise<void> {
    const holder = await this.door.tokens.holder(text(body?.['token']).trim());
    // A token that somebody made for less must not become a session, which is for everything.
    if (holder?.role !== 'admin' || holder.scopes !== null) return this.pages.send(request, response, tokenRefusedPage(to), 401);
    this.door.letIn(response, await this.door.sessions.signIn(await createLink(this.database, 'admin'), ''));
    response.redirect(303, to);
  }

  @Get('sign-in/:token')
  async look(@Req() request: Request, @Res() response: Response, @Param('token') token: string, @Query('to') to: unknown): Promise<void> {
    const purpose = await peekLink(this.database, token).catch((error: unknown) => this.inLieu(error, request, response, localPath(to)));
    if (purpose === null) return;
    if (purpose === 'practice') return response.redirect(303, `/practice/start/${encodeURIComponent(token)}`);
    await this.pages.send(request, response, openLinkPage({ token, purpose, to: localPath(to), name: await this.nameFor(token) }));
  }

  @Post('sign-in/:token')
  async redeem(@Req() request: Request, @Res() response: Response, @Param('token') token: string, @Body() body: Fields): Promise<void> {
    mustBeOwnPage(request);
    this.door.limits.tryDoor(request);
    const to = localPath(body?.['to']);
    const typed = text(body?.['name']);
    // A practice link may be used again and again, by anyone who saw the terminal. It opens pretend things only.
    const purpose = await peekLink(this.database, token);
    if (purpose === 'practice') throw new LinkNotUsable();
    try {
      this.door.letIn(response, await this.door.sessions.signIn(token, typed));
    } catch (error) {
      if (!(error instanceof NameMissing)) throw error;
      return this.pages.send(request, response, openLinkPage({ token, purpose, to, name: null, typed, problem: error.message }), 400);
    }
    response.redirect(303, to);
  }

  @Post('sign-out')
  async signOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    mustBeOwnPage(request);
    await this.door.letOut(request, response);
    // What the page keeps on the device for the hour without a server belongs to who was signed in.
    response.setHeader('Clear-Site-Data', '"storage"');
    response.redirect(303, '/sign-in');
  }

  /** A link that was used is no dead end for whoever is in already, most of all for the one who used it. */
  private async inLieu(error: unknown, request: Request, response: Response, to: string): Promise<null> {
    const known = error instanceof LinkNotUsable ? await this.door.inside(request) : null;
    if (error instanceof LinkNotUsable && known === null) this.door.limits.tryDoor(request);
    if (known === null || known.role === 'guest') throw error;
    await this.pages.send(
      request,
      response,
      alreadyInsidePage(known.person.name, to, { why: 'This link has been used or has run out. You need none:' }),
    );
    return null;
  }

  private async nameFor(token: string): Promise<string | null> {
    if (await this.door.sessions.needsName(token)) return null;
    const [admin] = await this.database.query<{ name: string }>(`select name from person where role = 'admin' order by created_at limit 1`);
    return admin?.name ?? null;
  }
}
