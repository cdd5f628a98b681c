import { All, Controller, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BadRequest } from '#src/platform/http/problems';
import { FrontDoor } from './front-door.ts';

const MOUNT = /^\/hooks\/[^/?]+/;

/** Where platforms call. The answer is the adapter's; that something was not kept is ours to say, with a 503. */
@Controller('hooks')
export class HooksController {
  constructor(private readonly door: FrontDoor) {}

  @All([':instance', ':instance/*path'])
  async receive(@Req() request: Request, @Res() response: Response, @Param('instance') instance: string): Promise<void> {
    const out = await this.door.receive(instance, {
      method: request.method,
      path: request.originalUrl.replace(MOUNT, '') || '/',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      now: Date.now(),
    });
    if (!out) throw new BadRequest('No chat listens at this address. Copy the request URL from the chat’s setup page.', 404);
    response.status(out.status);
    for (const [name, value] of Object.entries(out.headers ?? {})) response.setHeader(name, value);
    response.end(out.body ?? '');
  }
}
