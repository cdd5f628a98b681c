import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '#src/platform/database/database';

/** For load balancers and for people with curl. Live: the process answers. Ready: it can keep what it is told. */
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  live() {
    return { live: true };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response) {
    try {
      await this.database.query('select 1');
      return { ready: true };
    } catch {
      response.status(503).setHeader('Retry-After', '1');
      return {
        ready: false,
        detail: 'The database does not answer. Posts are refused until it does; nothing that was acknowledged is lost.',
      };
    }
  }
}
