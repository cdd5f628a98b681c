import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { chatWord } from '#libs/war-room-protocol/chat-word';
import { chatChanges, chatHealth } from '#src/outage/outage.queries';
import { platformsWords } from '#src/outage/status-feed.queries';
import { PersonsWord } from '#src/outage/persons-word.service';
import { Door } from '#src/people/door.service';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { chatId } from '#src/platform/chats/chats-file';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { BadRequest, problemOf } from '#src/platform/http/problems';
import { Pages } from '#src/platform/http/pages/pages';
import { CONFIG } from '#src/platform/platform.tokens';
import { catchingUpCosts } from '#src/rooms/catching-up.queries';
import { Guests } from '../guests.ts';
import { adaptersPage } from './adapters.page.ts';
import { ChatConnections, SecretsRefused, chatToConnect, connectedChat } from './chat-connections.ts';
import { disconnectPage } from './disconnect.page.ts';
import { Setups } from './setups.ts';
import { type Said, setupPage } from './setup.page.ts';
import { TestMessage, testSent, testToSend } from './test-message.ts';

type Fields = Readonly<Record<string, unknown>>;

const A_CHAT = { plugin: 'slack', config: { mode: 'socket' }, secrets: { bot_token: 'xoxb-…', app_token: 'xapp-…' } };

/** How each chat is, and how to connect one. */
@Controller()
export class AdaptersController {
  private readonly publicUrl: string;

  constructor(
    private readonly guests: Guests,
    private readonly door: Door,
    private readonly chats: Chats,
    private readonly database: Database,
    private readonly setups: Setups,
    private readonly connections: ChatConnections,
    private readonly tests: TestMessage,
    private readonly words: PersonsWord,
    private readonly pages: Pages,
    @Inject(CONFIG) { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>,
  ) {
    this.publicUrl = PUBLIC_URL;
  }

  @Get('adapters')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.showAll(request, response, viewer, null);
  }

  /** That a chat is down, or back, for somebody with a browser. */
  @Post('adapters/:chat/word')
  async say(@Req() request: Request, @Res() response: Response, @Param('chat') id: string, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    const { word } = parse(chatWord, body);
    const said = await this.database.transaction((tx) => this.words.say(tx, id, word, actorOf(somebody)));
    await this.showAll(request, response, somebody, said);
  }

  private async showAll(request: Request, response: Response, viewer: AtTheDoor, said: string | null): Promise<void> {
    // A pretend chat belongs to somebody's practice, and who only practises is shown no real one.
    const shown = (await chatHealth(this.database, this.chats)).filter(({ pretend }) => !pretend && viewer.role !== 'guest');
    const changes = viewer.role === 'guest' ? [] : await chatChanges(this.database);
    const costs = await catchingUpCosts(this.database, this.chats);
    const says = await platformsWords(this.database, shown);
    const unusable = new Set(this.chats.problems().flatMap(({ id, hasSetup }) => (hasSetup ? [] : [id])));
    const ofMuster = this.chats.platforms().map(({ plugin }) => ({ id: plugin.id, name: plugin.name }));
    const known = [...shown.filter(({ id }) => !unusable.has(id)), ...ofMuster.filter(({ id }) => shown.every((chat) => chat.id !== id))];
    await this.pages.send(request, response, adaptersPage(shown, known, ofMuster, { role: viewer.role, said, changes, costs, says }));
  }

  /** To the page of one more chat of an adapter, by what people will call it. */
  @Get('adapters/another')
  async another(@Req() request: Request, @Res() response: Response, @Query() { plugin, name }: Fields): Promise<void> {
    if (!(await this.admin(request, response))) return;
    const called = typeof name === 'string' ? name.trim().slice(0, 60) : '';
    const id = called
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 40);
    if (!chatId.safeParse(id).success) throw new BadRequest('Give the other one a name of letters and digits, such as "Slack Europe".');
    // Its page would be the one of the chat that is there, and what is entered would take that one's place.
    const isTaken = this.chats.configured().some((chat) => chat.id === id) || (id !== plugin && this.chats.platform(id) !== null);
    if (isTaken) throw new BadRequest(`The address "${id}" is taken. Give the other one another name, such as "${called} Europe".`, 409);
    response.redirect(303, `/adapters/${id}/setup?${new URLSearchParams({ plugin: String(plugin), name: called }).toString()}`);
  }

  @Get('adapters/:chat/setup')
  async setup(@Req() request: Request, @Res() response: Response, @Param('chat') id: string): Promise<void> {
    if (!(await this.admin(request, response))) return;
    await this.show(request, response, id, request.query, null);
  }

  @Post('adapters/:chat/setup')
  async act(@Req() request: Request, @Res() response: Response, @Param('chat') id: string, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'chat.connect');
    if (fields['do'] === 'pasted') {
      await this.connections.pasted(id, String(fields['step'] ?? ''), somebody);
      response.redirect(303, `/adapters/${encodeURIComponent(id)}/setup`);
      return;
    }
    if (fields['do'] === 'disconnect') {
      const isSure = fields['sure'] === 'yes';
      if (!isSure) return this.pages.send(request, response, disconnectPage(await this.connections.whatHangsOn(id, somebody)));
      await this.connections.disconnect(id, somebody);
      response.redirect(303, '/adapters');
      return;
    }
    try {
      if (fields['do'] === 'test') {
        const { worked, said } = await this.tests.send(id, String(fields['who'] ?? ''), somebody);
        return await this.show(request, response, id, {}, { lines: said, isProblem: !worked, of: 'test' });
      }
      await this.connections.connect(id, parse(chatToConnect, chatOf(fields)), somebody);
      response.redirect(303, `/adapters/${encodeURIComponent(id)}/setup`);
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400 && status !== 409) throw error;
      await this.show(request, response, id, fields, saidOf(error, detail, fields['do'] === 'test' ? 'test' : 'secrets'), status);
    }
  }

  @Put('api/v1/adapters/:chat')
  @Described({
    says: 'Connects a chat, or changes one that was connected so. What is entered is tried first, and kept encrypted',
    body: chatToConnect,
    answer: connectedChat,
  })
  async connect(@Req() request: Request, @Param('chat') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'chat.connect');
    return this.connections.connect(id, parse(chatToConnect, body, A_CHAT), somebody);
  }

  @Post('api/v1/adapters/:chat/test')
  @HttpCode(200)
  @Described({
    says: 'Says something in a private room of the chat with somebody in it, and waits to hear it: all that an incident needs',
    body: testToSend,
    answer: testSent,
  })
  async test(@Req() request: Request, @Param('chat') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'chat.connect');
    return this.tests.send(id, parse(testToSend, body, { who: 'ana@example.com' }).who, somebody);
  }

  @Delete('api/v1/adapters/:chat')
  @HttpCode(204)
  @Described({ says: 'Disconnects a chat that was connected so. Its rooms and what was said in them stay', answer: null })
  async disconnect(@Req() request: Request, @Param('chat') id: string): Promise<void> {
    await this.connections.disconnect(id, await this.door.who(request));
  }

  @Get('adapters/:chat/setup/:file')
  async artefact(
    @Req() request: Request,
    @Res() response: Response,
    @Param('chat') id: string,
    @Param('file') file: string,
  ): Promise<void> {
    if (!(await this.admin(request, response))) return;
    const made = await this.setups.artefact(id, file, request.query);
    if (!made) throw new BadRequest('The setup gives no such file. Open the setup page and follow its links.', 404);
    response.setHeader('Cache-Control', 'no-store').attachment(file).type(made.mime).send(Buffer.from(made.bytes));
  }

  private async show(request: Request, response: Response, id: string, asked: Fields, said: Said | null, status?: number): Promise<void> {
    const setup = await this.setups.of(id, asked);
    const { rooms, people } = this.chats.get(id)?.adapter ?? {};
    const page = setupPage(setup, {
      address: this.publicUrl,
      canKeep: this.connections.canKeep,
      canTest: rooms !== undefined && people !== undefined,
      said,
    });
    await this.pages.send(request, response, page, status);
  }

  private async admin(request: Request, response: Response): Promise<boolean> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) mustBeAllowed(viewer, 'chat.connect');
    return viewer !== null;
  }
}

/** Beside its field where it is one's; nobody is shown what they entered, so all is to be entered again. */
function saidOf(error: unknown, detail: string, of: Said['of']): Said {
  if (!(error instanceof SecretsRefused)) return { lines: [detail], isProblem: true, of };
  const which = error.refused.map(({ title }) => title.toLowerCase()).join(' and ');
  const lines = [`Nothing was kept: see ${which} below. What you entered is not shown again, so enter all of it once more.`];
  return { lines, isProblem: true, of, fields: error.fields };
}

/** Fields are called `secret.bot_token`; the settings that were chosen before have their own names. */
function chatOf({ plugin, name, do: _, ...fields }: Fields): object {
  const all = Object.entries(fields);
  const secrets = all.flatMap(([key, value]) => (key.startsWith('secret.') ? [[key.slice('secret.'.length), value]] : []));
  const config = all.filter(([key]) => !key.startsWith('secret.'));
  return { plugin, name: name === '' ? undefined : name, config: Object.fromEntries(config), secrets: Object.fromEntries(secrets) };
}
