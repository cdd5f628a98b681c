import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { extname } from 'node:path';
import type { Request, Response } from 'express';
import type { AtTheDoor } from '#src/people/people.types';
import { NotAllowed, NotSignedIn } from '#src/people/people.errors';
import { BadRequest } from '#src/platform/http/problems';
import { Guests } from '../guests.ts';
import { HomeAnswers } from '../home/home-answers.ts';
import { RoomAnswers } from '../room/room-answers.ts';
import { CompressedFiles } from './compressed-files.ts';
import { WebBuild } from './web-build.ts';

const MADE_SMALL = new Set(['.js', '.css', '.svg', '.json', '.map', '.webmanifest']);

/** The page application's files. Where it is not built, the same addresses show the plain pages: a room never depends on it. */
@Controller()
export class AppController {
  private readonly compressed = new CompressedFiles();

  constructor(
    private readonly guests: Guests,
    private readonly build: WebBuild,
    private readonly home: HomeAnswers,
    private readonly room: RoomAnswers,
  ) {}

  @Get('assets/*path')
  async asset(@Req() request: Request, @Res() response: Response, @Param('path') path: string | string[]): Promise<void> {
    const found = await this.build.asset(Array.isArray(path) ? path.join('/') : path);
    if (!found) throw new BadRequest('There is no such file. A newer version may be running: reload the page.', 404);
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').vary('Accept-Encoding');
    if (MADE_SMALL.has(extname(found.file)) && request.acceptsEncodings(['gzip', 'identity']) === 'gzip') {
      response
        .setHeader('Content-Encoding', 'gzip')
        .type(extname(found.file))
        .send(await this.compressed.read(found.file));
      return;
    }
    await new Promise<void>((resolve, reject) => response.sendFile(found.file, (error?: Error) => (error ? reject(error) : resolve())));
  }

  @Get()
  async start(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.serve(request, response, (viewer) => this.home.show(request, response, viewer));
  }

  @Get('i/:id')
  async incident(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    await this.serve(request, response, (viewer) => this.room.show(request, response, id, viewer));
  }

  @Get('practice/:id')
  async practice(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.serve(request, response, () => {
      if (wantsPlain(request))
        throw new BadRequest('Practice shows two chats side by side, which needs JavaScript. Everything else does not.', 404);
      throw new BadRequest('The practice page is not built. Run "npm run build" and start Muster again.', 503);
    });
  }

  /** A database that is away keeps nobody from the application: the device has the rooms that it showed last (docs/decisions/0037). */
  private async serve(request: Request, response: Response, plain: (viewer: AtTheDoor) => Promise<void>): Promise<void> {
    const index = wantsPlain(request) ? null : await this.build.index();
    const viewer = await this.guests.letIn(request, response).catch((error: unknown) => {
      if (!index || error instanceof NotSignedIn || error instanceof NotAllowed) throw error;
      return 'unknown' as const;
    });
    if (viewer === null) return;
    if (index) response.setHeader('Cache-Control', 'no-store').type('html').send(index);
    else if (viewer !== 'unknown') await plain(viewer);
  }
}

/** Asked for by the application's page itself, where no script runs or none arrives: it knows its own address, and no more. */
const wantsPlain = (request: Request): boolean => 'plain' in request.query;
