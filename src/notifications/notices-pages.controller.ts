import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Door } from '#src/people/door.service';
import type { AtTheDoor } from '#src/people/people.types';
import { Pages } from '#src/platform/http/pages/pages';
import { parse } from '#src/platform/http/parse';
import { problemOf } from '#src/platform/http/problems';
import { wayToChange, wayToMake } from './notifications.types.ts';
import { ownAddressPage } from './own-address.page.ts';
import { OwnAddress, addressToSet, codeToConfirm } from './own-address.service.ts';
import { wayPage, waySecretPage } from './way.page.ts';
import { type Draft, type Said, waysPage } from './ways.page.ts';
import { Ways } from './ways.service.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The same as the API, for somebody with a browser. */
@Controller('settings')
export class NoticesPages {
  constructor(
    private readonly door: Door,
    private readonly ways: Ways,
    private readonly own: OwnAddress,
    private readonly pages: Pages,
  ) {}

  @Get('notices')
  async all(@Req() request: Request, @Res() response: Response): Promise<void> {
    const somebody = await this.door.who(request);
    await this.pages.send(request, response, waysPage(await this.ways.list(somebody), {}, null));
  }

  /** Made: its page, or its secret, this once. Not made: the form again, with why and with what was typed. */
  @Post('notices')
  async make(@Req() request: Request, @Res() response: Response, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    const draft = draftOf(fields);
    try {
      const { secret, ...way } = await this.ways.make(parse(wayToMake, asked(draft)), somebody);
      if (secret === null) return response.redirect(303, `/settings/notices/${way.id}`);
      await this.pages.send(request, response, waySecretPage(way, secret));
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400 && status !== 409) throw error;
      await this.pages.send(request, response, waysPage(await this.ways.list(somebody), draft, detail), status);
    }
  }

  @Get('notices/:id')
  async one(@Req() request: Request, @Res() response: Response, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    const way = await this.ways.get(id, await this.door.who(request));
    await this.pages.send(request, response, wayPage(way, null));
  }

  @Post('notices/:id')
  async act(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() fields: Fields,
  ): Promise<void> {
    const somebody = await this.door.who(request);
    if (fields['do'] === 'remove') {
      await this.ways.remove(id, somebody);
      return response.redirect(303, '/settings/notices');
    }
    const { said, status } = await outcomeOf(() => this.done(id, fields, somebody));
    await this.pages.send(request, response, wayPage(await this.ways.get(id, somebody), said), status);
  }

  @Get('mail')
  async mail(@Req() request: Request, @Res() response: Response): Promise<void> {
    const somebody = await this.door.who(request);
    await this.pages.send(request, response, ownAddressPage(await this.own.get(somebody), null));
  }

  @Post('mail')
  async changeMail(@Req() request: Request, @Res() response: Response, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    const { said, status } = await outcomeOf(() => this.mailDone(fields, somebody));
    await this.pages.send(request, response, ownAddressPage(await this.own.get(somebody), said), status);
  }

  private async mailDone(fields: Fields, by: AtTheDoor): Promise<string> {
    switch (fields['do']) {
      case 'confirm':
        await this.own.confirm(parse(codeToConfirm, fields).code, by);
        return 'It is confirmed.';
      case 'remove':
        await this.own.remove(by);
        return 'It is forgotten.';
      default:
        await this.own.set(parse(addressToSet, { address: fields['address'], ...(fields['way'] ? { way: fields['way'] } : {}) }), by);
        return 'A code was sent there. Enter it here.';
    }
  }

  private async done(id: string, fields: Fields, by: AtTheDoor): Promise<string> {
    switch (fields['do']) {
      case 'on':
        await this.ways.change(id, { on: true }, by);
        return 'It is on.';
      case 'off':
        await this.ways.change(id, { on: false }, by);
        return 'It is off.';
      case 'test': {
        const { received, say } = await this.ways.tryOut(id, by);
        if (!received) throw new NotReceived(say);
        return say;
      }
      default: {
        const { kind } = await this.ways.get(id, by);
        const { name, settings, ...rest } = asked({ ...draftOf(fields), kind });
        await this.ways.change(id, parse(wayToChange, { name, settings, ...rest }), by);
        return 'It is changed.';
      }
    }
  }
}

/** What was tried out and did not work is shown as other problems are. */
class NotReceived extends Error {}

/** A sentence of what was done, or why it was not. Only what somebody can put right is shown so. */
async function outcomeOf(work: () => Promise<string>): Promise<{ said: Said; status: number }> {
  try {
    return { said: { text: await work(), isProblem: false }, status: 200 };
  } catch (error) {
    if (error instanceof NotReceived) return { said: { text: `It does not work. ${error.message}`, isProblem: true }, status: 200 };
    const { status, detail } = problemOf(error);
    if (status !== 400 && status !== 409) throw error;
    return { said: { text: detail, isProblem: true }, status };
  }
}

const NAMES = ['kind', 'name', 'host', 'port', 'security', 'user', 'from', 'url', 'chat'];

/** Never the secret: what was typed there is typed again. */
function draftOf(fields: Fields): Draft & { secret?: string } {
  const given = NAMES.flatMap((key) => (typeof fields[key] === 'string' ? [[key, fields[key]] as const] : []));
  return Object.fromEntries([
    ...given,
    ...(typeof fields['secret'] === 'string' && fields['secret'] !== '' ? [['secret', fields['secret']]] : []),
  ]) as Draft;
}

function asked({ kind, name, secret, ...settings }: Draft): { kind?: string; name?: string; settings: object; secret?: string } {
  const { port, ...rest } = settings;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    settings: { ...rest, ...(port === undefined ? {} : { port: Number(port) }) },
    ...(secret === undefined ? {} : { secret }),
  };
}
