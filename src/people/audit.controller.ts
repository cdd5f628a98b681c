import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { auditPage as auditAnswer } from '#libs/war-room-protocol/organisation';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest, seqCursor } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { Pages } from '#src/platform/http/pages/pages';
import { auditPage, csvHead, csvRow } from './audit.pages.ts';
import { Audit, type AuditEntry } from './audit.service.ts';
import { Door } from './door.service.ts';
import { mustBeAllowed } from './permissions.types.ts';

const listRequest = z.object(pageRequest(seqCursor));

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
  @Described({ says: 'Every change of what belongs to no incident, in order', query: listRequest, answer: auditAnswer })
  async list(@Req() request: Request) {
    const somebody = await this.door.who(request);
    const { after = 0, limit } = parse(listRequest, request.query, { after: 0 });
    return this.audit.after(after, somebody, limit);
  }

  @Get('api/v1/audit.csv')
  @Described({ says: 'The same, all of it, as a table', answer: 'text/csv' })
  csv(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.export(request, response, 'csv', 'text/csv', csvHead(), csvRow);
  }

  @Get('api/v1/audit.jsonl')
  @Described({ says: 'The same, all of it, a JSON line each', answer: 'application/jsonl' })
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
