import { All, Controller, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BadRequest, mapErrors } from '#src/platform/http/problems';
import { Chats } from './chats.ts';
import { FrontDoor } from './front-door.ts';
import { AdapterFailed } from './outside/outside.errors.ts';

const MOUNT = /^\/hooks\/[^/?]+/;

/** Where platforms call. The answer is the adapter's; that something was not kept is ours to say, with a 503. */
@Controller('hooks')
export class HooksController {
  constructor(
    private readonly door: FrontDoor,
    private readonly chats: Chats,
  ) {
    mapErrors(503, AdapterFailed);
  }

  @All([':instance', ':instance/*path'])
  async receive(@Req() request: Request, @Res() response: Response, @Param('instance') instance: string): Promise<void> {
    const out = await this.door.receive(instance, {
      method: request.method,
      path: request.originalUrl.replace(MOUNT, '') || '/',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      now: Date.now(),
    });
    if (!out && !this.chats.get(instance) && this.chats.configured().some(({ id }) => id === instance))
      throw new AdapterFailed('This chat does not run at the moment. Nothing was kept: send it again.');
    if (!out) throw new BadRequest('No chat listens at this address. Copy the request URL from the chat’s setup page.', 404);
    response.status(out.status);
    for (const [name, value] of Object.entries(out.headers ?? {})) response.setHeader(name, value);
    response.end(out.body ?? '');
  }
}
