import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '#src/platform/http/pages/pages';
import { BadRequest } from '#src/platform/http/problems';
import { auditPage, csvHead, csvRow } from './audit.pages.ts';
import { Audit, type AuditEntry } from './audit.service.ts';
import { Door } from './door.service.ts';
import { mustBeAllowed } from './permissions.types.ts';

/** Who changed what in the organisation: to read, to follow by its cursor, and to take along. */
@Controller()
export class AuditController {
  constructor(
    private readonly door: Door,
    private readonly audit: Audit,
    private readonly pages: Pages,
  ) {}

  @Get('audit')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.send(request, response, auditPage(await this.audit.newest(await this.door.who(request))));
  }

  @Get('api/v1/audit')
  async list(@Req() request: Request, @Query('after') after?: string) {
    const somebody = await this.door.who(request);
    const seq = Number(after ?? 0);
    if (!Number.isSafeInteger(seq) || seq < 0) throw new BadRequest('Ask with after=0, or after the last seq that you have.');
    return this.audit.after(seq, somebody);
  }

  @Get('api/v1/audit.csv')
  csv(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.export(request, response, 'csv', 'text/csv', csvHead(), csvRow);
  }

  @Get('api/v1/audit.jsonl')
  jsonLines(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.export(request, response, 'jsonl', 'application/jsonl', '', (entry) => `${JSON.stringify(entry)}\n`);
  }

  private async export(
    request: Request,
    response: Response,
    ending: string,
    type: string,
    head: string,
    line: (entry: AuditEntry) => string,
  ): Promise<void> {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'audit.read');
    response.setHeader('Cache-Control', 'no-store').attachment(`audit.${ending}`).type(type);
    const lines = async function* (audit: Audit): AsyncGenerator<string> {
      if (head) yield head;
      for await (const entry of audit.all(somebody)) yield line(entry);
    };
    // As fast as it is read, and no further than to whoever goes away.
    await pipeline(Readable.from(lines(this.audit)), response).catch(() => undefined);
  }
}
