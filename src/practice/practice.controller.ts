import { All, Body, Controller, Get, HttpCode, Next, Param, Post, Req, Res } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { practiceStep, practiceView } from '#libs/war-room-protocol/practice';
import { Door } from '#src/people/door.service';
import { Links } from '#src/people/links.service';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { ChatProxy } from './chat-proxy.ts';
import { PracticeService } from './practice.service.ts';

@Controller()
export class PracticeController {
  constructor(
    private readonly door: Door,
    private readonly links: Links,
    private readonly practice: PracticeService,
    private readonly proxy: ChatProxy,
  ) {}

  /** The link of the terminal: lets whoever opens it in to practise, and to nothing else. */
  @Get('practice/start/:token')
  async enter(@Req() request: Request, @Res() response: Response, @Param('token') token: string): Promise<void> {
    const known = await this.door.inside(request);
    if (known) return response.redirect(303, `/practice/${await this.practice.startOrResume(known.person.id)}`);
    await this.links.mustBeForPractice(token).catch((error: unknown) => {
      this.door.limits.tryDoor(request);
      throw error;
    });
    const { session, person } = await this.door.sessions.openForPractice('You');
    this.door.letIn(response, session);
    response.redirect(303, `/practice/${await this.practice.startOrResume(person.id)}`);
  }

  @Get('practice')
  async start(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { person } = await this.door.who(request);
    response.redirect(303, `/practice/${await this.practice.startOrResume(person.id)}`);
  }

  @Post('api/v1/practice')
  @HttpCode(201)
  @Described({ says: 'Begins a practice with a pretend chat. The one before is over', answer: practiceView })
  async startAnew(@Req() request: Request) {
    const { person } = await this.door.who(request);
    return this.practice.view(await this.practice.startAnew(person.id), person.id);
  }

  @Get('api/v1/practice/:id')
  @Described({ says: 'Your practice, and what to do now', answer: practiceView })
  async view(@Req() request: Request, @Param('id') id: string) {
    return this.practice.view(id, (await this.door.who(request)).person.id);
  }

  @Post('api/v1/practice/:id/steps')
  @HttpCode(200)
  @Described({ says: 'Says something, breaks the pretend chat, or brings it back', body: practiceStep, answer: practiceView })
  async step(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const { person } = await this.door.who(request);
    const { do: what, chat } = parse(practiceStep, body);
    return this.practice.ask(id, person.id, what, chat);
  }

  @All(['practice/:id/chat', 'practice/:id/chat/*path'])
  async chat(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction, @Param('id') id: string): Promise<void> {
    const { person } = await this.door.who(request);
    await this.proxy.pass(request, response, next, `/practice/${id}/chat`, await this.practice.portOf(id, person.id));
  }

  @All(['practice/:id/beside/:chat', 'practice/:id/beside/:chat/*path'])
  async beside(
    @Req() request: Request,
    @Res() response: Response,
    @Next() next: NextFunction,
    @Param('id') id: string,
    @Param('chat') chat: string,
  ): Promise<void> {
    const { person } = await this.door.who(request);
    const port = await this.practice.portOf(id, person.id, chat);
    await this.proxy.pass(request, response, next, `/practice/${id}/beside/${chat}`, port);
  }
}
