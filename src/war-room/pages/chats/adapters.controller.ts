import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { NotAllowed } from '#src/people/people.errors';
import { Chats } from '#src/platform/chats/chats';
import { BadRequest } from '#src/platform/http/problems';
import { Pages } from '#src/platform/http/pages/pages';
import { Guests } from '../guests.ts';
import { adaptersPage, noSetupPage, setupPage } from './adapters.page.ts';
import { ChatViews } from './chat-views.ts';
import { Setups } from './setups.ts';

/** How each chat is, and how to connect one. */
@Controller('adapters')
export class AdaptersController {
  constructor(
    private readonly guests: Guests,
    private readonly chats: Chats,
    private readonly views: ChatViews,
    private readonly setups: Setups,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (!viewer) return;
    const known = this.chats.platforms().map(({ plugin }) => ({ id: plugin.id, name: plugin.name }));
    await this.pages.send(request, response, adaptersPage(await this.views.forViewer(viewer), known));
  }

  @Get(':plugin/setup')
  async setup(@Req() request: Request, @Res() response: Response, @Param('plugin') id: string): Promise<void> {
    if (!(await this.admin(request, response))) return;
    const platform = this.setups.platform(id);
    const setup = await this.setups.setup(platform);
    const page = setup ? setupPage(platform.plugin, await setup.steps(), this.setups.missing(platform)) : noSetupPage(platform.plugin);
    await this.pages.send(request, response, page);
  }

  @Get(':plugin/setup/:file')
  async artefact(@Req() request: Request, @Res() response: Response, @Param('plugin') id: string, @Param('file') file: string): Promise<void> {
    if (!(await this.admin(request, response))) return;
    const setup = await this.setups.setup(this.setups.platform(id));
    const made = await setup?.artefact(file).catch(() => null);
    if (!made) throw new BadRequest('The setup gives no such file. Open the setup page and follow its links.', 404);
    response.setHeader('Cache-Control', 'no-store').attachment(file).type(made.mime).send(Buffer.from(made.bytes));
  }

  private async admin(request: Request, response: Response): Promise<boolean> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer && viewer.role !== 'admin') throw new NotAllowed('connect a chat: that needs the settings of the machine where Muster runs');
    return viewer !== null;
  }
}
