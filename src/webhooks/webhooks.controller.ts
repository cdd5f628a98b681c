import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import * as z from 'zod/mini';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { replayFrom } from './replay-from.ts';
import { WebhookTests } from './webhook-tests.service.ts';
import { Webhooks } from './webhooks.service.ts';
import {
  deliveryList,
  deliveryView,
  replayRequest,
  webhookList,
  webhookMade,
  webhookReplayed,
  webhookToChange,
  webhookToMake,
  webhookView,
} from './webhooks.types.ts';

const EXAMPLE = { name: 'Status board', url: 'https://example.com/muster', types: ['incident.declared', 'incident.resolved'] };
const deliveriesRequest = z.object(pageRequest(z.uuid(), 100));

/** Other systems that are told what happens in rooms. For admins; `docs/webhooks.md` is for whoever receives. */
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly door: Door,
    private readonly webhooks: Webhooks,
    private readonly tests: WebhookTests,
  ) {}

  @Get()
  @Described({ says: 'Which other systems are told what happens', answer: webhookList })
  async list(@Req() request: Request) {
    return { webhooks: await this.webhooks.list(await this.door.who(request)) };
  }

  @Post()
  @HttpCode(201)
  @Described({
    says: 'Tells another system what happens from now on. Its secret is shown this once',
    body: webhookToMake,
    answer: webhookMade,
  })
  async make(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.webhooks.make(parse(webhookToMake, body, EXAMPLE), somebody);
  }

  @Get(':id')
  @Described({ says: 'One of them', answer: webhookView })
  async get(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.webhooks.get(id, await this.door.who(request));
  }

  @Patch(':id')
  @Described({ says: 'Changes it, or switches it off or on. What is left out stays', body: webhookToChange, answer: webhookView })
  async change(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.webhooks.change(id, parse(webhookToChange, body, { on: true }), somebody);
  }

  @Delete(':id')
  @HttpCode(204)
  @Described({ says: 'Removes it, and what is known of what was sent', answer: null })
  async remove(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.webhooks.remove(id, await this.door.who(request));
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Described({ says: 'Makes a new secret, shown this once. The old one signs besides for a day', answer: webhookMade })
  async rotate(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.webhooks.rotate(id, await this.door.who(request));
  }

  @Post(':id/test')
  @HttpCode(200)
  @Described({ says: 'Sends a webhook.test, once, and says what became of it', answer: deliveryView })
  async test(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    return this.tests.send(id, await this.door.who(request));
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Described({
    says: 'Sends again, in order: what happened in an incident after a number of its log, or everywhere since a time',
    body: replayRequest,
    answer: webhookReplayed,
  })
  async replay(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.webhooks.replay(id, replayFrom(body), somebody);
  }

  @Get(':id/deliveries')
  @Described({
    says: 'What was sent within two weeks, the newest first, without what was in it',
    query: deliveriesRequest,
    answer: deliveryList,
  })
  async deliveries(@Req() request: Request, @Param('id', ParseUUIDPipe) id: string) {
    const somebody = await this.door.who(request);
    return this.webhooks.deliveries(id, parse(deliveriesRequest, request.query), somebody);
  }
}
