import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { chatTrust, claimToConfirm, mailboxToShare, twoNames, twoPeople } from '#libs/war-room-protocol/commands';
import { claimCode, claimed, peopleJoins } from '#libs/war-room-protocol/organisation';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { Pages } from '#src/platform/http/pages/pages';
import { type RefusedForm, afterForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { BadRequest } from '#src/platform/http/problems';
import { isUuid } from '#src/platform/words/is-uuid';
import { Claims } from './claims.service.ts';
import { Door } from './door.service.ts';
import { Joining } from './joining.service.ts';
import { joinsPage } from './joins.pages.ts';
import { JoinQueries } from './joins.queries.ts';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, actorOf } from './people.types.ts';
import { Trust } from './trust.service.ts';

const PAGE = '/settings/people/joins';
const listRequest = z.object(pageRequest(z.uuid(), 100));
const TWO = { one: '0190c2a4-5f00-7000-8000-000000000001', other: '0190c2a4-5f00-7000-8000-000000000002' };

/** Which accounts are one person's: for admins to decide, and for everybody to say of themselves. */
@Controller()
export class JoinsController {
  constructor(
    private readonly door: Door,
    private readonly joining: Joining,
    private readonly trust: Trust,
    private readonly claims: Claims,
    private readonly joins: JoinQueries,
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/people/joins')
  @Described({ says: 'Who is read as whom, by which evidence, and who may be one person', query: listRequest, answer: peopleJoins })
  async list(@Req() request: Request) {
    return this.all(request, await this.door.who(request));
  }

  @Post('api/v1/people/joins')
  @HttpCode(204)
  @Described({ says: 'Two people are one: who may more goes on, and the other is read as them', body: twoPeople, answer: null })
  async join(@Req() request: Request, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    const { one, other } = parse(twoPeople, body, TWO);
    await this.joining.join(one, other, somebody);
  }

  @Post('api/v1/people/apart')
  @HttpCode(204)
  @Described({
    says: 'They are two: undoes what joined them, and nothing joins them by itself again',
    body: twoPeople,
    answer: peopleJoins,
  })
  async apart(@Req() request: Request, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    const { one, other } = parse(twoPeople, body, TWO);
    await this.joining.apart(one, other, somebody);
  }

  @Put('api/v1/people/chats/:id')
  @HttpCode(204)
  @Described({ says: 'Whether what a chat says of who somebody is joins people by itself', body: chatTrust, answer: null })
  async believe(@Req() request: Request, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    await this.trust.believe(id, parse(chatTrust, body, { trusted: true }).trusted, somebody);
  }

  @Put('api/v1/people/shared-mailboxes')
  @HttpCode(204)
  @Described({ says: 'Whether several people read a mailbox, so that nobody is known by it', body: mailboxToShare, answer: null })
  async share(@Req() request: Request, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    const { address, shared } = parse(mailboxToShare, body, { address: 'team@example.com', shared: true });
    await this.trust.share(address, shared, somebody);
  }

  @Post('api/v1/me/claims')
  @Described({ says: 'A code to write in another place where you are somebody else, to be known as one', answer: claimCode })
  async begin(@Req() request: Request) {
    const actor = actorOf(await this.mayClaim(request));
    return this.database.transaction((tx) => this.claims.begin(tx, actor));
  }

  @Post('api/v1/me/claims/confirm')
  @HttpCode(200)
  @Described({ says: 'You are whoever was given this code elsewhere', body: claimToConfirm, answer: claimed })
  async confirm(@Req() request: Request, @Body() body: unknown) {
    const actor = actorOf(await this.mayClaim(request));
    const { code } = parse(claimToConfirm, body, { code: 'K7QM-4F2P' });
    return this.database.transaction((tx) => this.claims.confirm(tx, code, actor));
  }

  @Get(PAGE)
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post(PAGE)
  joinHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.joinNamed(request, body));
  }

  @Post(`${PAGE}/apart`)
  apartHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.apart(request, body));
  }

  @Post(`${PAGE}/chats/:id`)
  believeHere(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const { trusted } = body as { trusted?: unknown };
    return this.done(request, response, this.believe(request, id, { trusted: trusted === 'yes' }));
  }

  @Post(`${PAGE}/shared-mailboxes`)
  shareHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { address, shared } = body as Record<string, unknown>;
    return this.done(request, response, this.share(request, { address, shared: shared === 'yes' }));
  }

  private async joinNamed(request: Request, body: unknown): Promise<void> {
    mustBeAllowed(await this.door.who(request), 'people.manage');
    const { one, other } = parse(twoNames, body);
    const two = { one: await this.joins.idOf(one), other: await this.joins.idOf(other) };
    const nobody = [two.one, two.other].find((id) => !isUuid(id));
    if (nobody !== undefined)
      throw new BadRequest(
        `"${nobody}" is nobody’s name here, or that of several people. Write the name as People shows it, or an id from the lists above.`,
      );
    await this.join(request, two);
  }

  private async mayClaim(request: Request): Promise<AtTheDoor> {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'person.claim');
    return somebody;
  }

  private done(request: Request, response: Response, change: Promise<unknown>): Promise<void> {
    return afterForm(request, response, change, { back: PAGE, again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    await this.pages.send(request, response, joinsPage(await this.all(request, await this.door.who(request)), refused), refused?.status);
  }

  private async all(request: Request, by: AtTheDoor): Promise<Everything> {
    mustBeAllowed(by, 'people.manage');
    const [page, suggestions, chats, sharedMailboxes] = await Promise.all([
      this.joins.page(parse(listRequest, request.query)),
      this.joins.suggestions(),
      this.joins.chats(),
      this.joins.sharedMailboxes(),
    ]);
    return { ...page, suggestions, chats, sharedMailboxes } as Everything;
  }
}

type Everything = z.infer<typeof peopleJoins>;
