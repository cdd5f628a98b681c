import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Metrics } from '#src/platform/metrics/metrics';
import { CONFIG } from '#src/platform/platform.tokens';
import { sharedMetrics } from './metrics.queries.ts';
import { WrongMetricsToken } from './operations.errors.ts';

/** Of equal length, whatever was sent. */
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** For Prometheus, who has a token of its own: it sees figures and nothing else. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    const token = this.config.MUSTER_METRICS_TOKEN;
    if (!token) throw new NotFoundException('There are no metrics here: MUSTER_METRICS_TOKEN is not set.');
    if (!timingSafeEqual(hashOf(request.headers.authorization ?? ''), hashOf(`Bearer ${token}`))) throw new WrongMetricsToken();
    // A database that is away is when the rest is needed most.
    const shared = await sharedMetrics(this.database);
    if (!shared.isWhole) this.metrics.scrapeFailed();
    response.setHeader('Cache-Control', 'no-store').type(this.metrics.registry.contentType);
    response.send((await this.metrics.registry.metrics()) + shared.text);
  }
}
