import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { mustBeFresh } from '#src/people/permissions.types';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { exportIncident } from './export-incident.ts';

/** One incident, whole, to take along. Whoever may not see it finds nothing. */
@Controller('api/v1/incidents/:id/export')
export class ExportController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly database: Database,
    private readonly store: ArtifactStore,
  ) {}

  @Get()
  @Described({ says: 'One incident, whole, to take along: a JSON line each', answer: 'application/jsonl' })
  async export(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    mustBeFresh(somebody);
    response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
    response.setHeader('Content-Disposition', `attachment; filename="${incident.number}.jsonl"`);
    response.setHeader('Cache-Control', 'no-store');
    // Broken off in the middle it lacks its last line, which whoever reads it looks for.
    await pipeline(Readable.from(exportIncident(this.database, this.store, incident)), response).catch(() => undefined);
  }
}
