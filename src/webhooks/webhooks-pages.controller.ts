import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Door } from '#src/people/door.service';
import type { AtTheDoor } from '#src/people/people.types';
import { Pages } from '#src/platform/http/pages/pages';
import { parse } from '#src/platform/http/parse';
import { problemOf } from '#src/platform/http/problems';
import { replayFrom } from './replay-from.ts';
import { type Said, webhookPage } from './webhook.page.ts';
import { WebhookTests } from './webhook-tests.service.ts';
import { type Draft, EMPTY_DRAFT, secretPage, webhooksPage } from './webhooks.page.ts';
import { Webhooks } from './webhooks.service.ts';
import { webhookToChange, webhookToMake } from './webhooks.types.ts';

const SHOWN = 20;
const HOUR_MS = 3_600_000;

type Fields = Readonly<Record<string, unknown>>;

/** The same as the API, for somebody with a browser. */
@Controller('settings/webhooks')
export class WebhooksPages {
  constructor(
    private readonly door: Door,
    private readonly webhooks: Webhooks,
    private readonly tests: WebhookTests,
    private readonly pages: Pages,
  ) {}

  @Get()
  async all(@Req() request: Request, @Res() response: Response): Promise<void> {
    const somebody = await this.door.who(request);
    await this.pages.send(request, response, webhooksPage(await this.webhooks.list(somebody), EMPTY_DRAFT, null));
  }

  /** Made: its secret, this once. Not made: the form again, with why and with what was typed. */
  @Post()
  async make(@Req() request: Request, @Res() response: Response, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    const draft = draftOf(fields);
    try {
      const { secret, ...webhook } = await this.webhooks.make(parse(webhookToMake, asked(draft)), somebody);
      await this.pages.send(request, response, secretPage(webhook, secret));
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400 && status !== 409) throw error;
      await this.pages.send(request, response, webhooksPage(await this.webhooks.list(somebody), draft, detail), status);
    }
  }

  @Get(':id')
  async one(@Req() request: Request, @Res() response: Response, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.show(request, response, id, await this.door.who(request), null);
  }

  @Post(':id')
  async act(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() fields: Fields,
  ): Promise<void> {
    const somebody = await this.door.who(request);
    if (fields['do'] === 'remove') {
      await this.webhooks.remove(id, somebody);
      response.redirect(303, '/settings/webhooks');
      return;
    }
    if (fields['do'] === 'rotate') {
      const { secret, ...webhook } = await this.webhooks.rotate(id, somebody);
      await this.pages.send(request, response, secretPage(webhook, secret));
      return;
    }
    try {
      await this.show(request, response, id, somebody, await this.done(id, fields, somebody));
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400 && status !== 404 && status !== 503) throw error;
      await this.show(request, response, id, somebody, { text: detail, isProblem: true }, status);
    }
  }

  private async done(id: string, fields: Fields, by: AtTheDoor): Promise<Said> {
    switch (fields['do']) {
      case 'on':
        await this.webhooks.change(id, { on: true, missed: 'send' }, by);
        return say('It is on, and goes on where it stopped.');
      case 'skip':
        await this.webhooks.change(id, { on: true, missed: 'skip' }, by);
        return say('It is on. What happened meanwhile is not sent.');
      case 'off':
        await this.webhooks.change(id, { on: false, missed: 'send' }, by);
        return say('It is off.');
      case 'test': {
        const { problem } = await this.tests.send(id, by);
        return problem === null ? say('The test was received.') : { text: `The test was not received. ${problem}`, isProblem: true };
      }
      case 'replay': {
        const from = replayFrom({ incident: fields['incident'], after: Number(fields['after']) });
        return say((await this.webhooks.replay(id, from, by)).heldBack ?? 'It is sent again, in order.');
      }
      case 'replay-hours': {
        const since = new Date(Date.now() - Number(fields['hours']) * HOUR_MS);
        const from = replayFrom({ since: Number.isNaN(since.getTime()) ? '' : since.toISOString() });
        return say((await this.webhooks.replay(id, from, by)).heldBack ?? 'What it may be told is sent again, in order.');
      }
      default:
        await this.webhooks.change(id, parse(webhookToChange, asked(draftOf(fields))), by);
        return say('It is changed.');
    }
  }

  private async show(request: Request, response: Response, id: string, by: AtTheDoor, said: Said | null, status = 200): Promise<void> {
    const webhook = await this.webhooks.get(id, by);
    const { deliveries } = await this.webhooks.deliveries(id, { limit: SHOWN }, by);
    await this.pages.send(request, response, webhookPage(webhook, deliveries, said), status);
  }
}

const say = (text: string): Said => ({ text, isProblem: false });

function draftOf({ name, url, types, private: isPrivate, drills }: Fields): Draft {
  return {
    name: typeof name === 'string' ? name : '',
    url: typeof url === 'string' ? url : '',
    types: [types].flat().filter((type) => typeof type === 'string'),
    private: isPrivate === 'on',
    drills: drills === 'on',
  };
}

/** Nothing ticked is everything. */
const asked = (draft: Draft): object => ({ ...draft, types: draft.types.length > 0 ? draft.types : null });
