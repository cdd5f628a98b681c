import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { declareRequest } from '#libs/war-room-protocol/commands';
import { incidentList, incidentView } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { BadRequest } from '#src/platform/http/problems';
import { IncidentQueries } from './incidents.queries.ts';
import { Declaring } from './declaring.service.ts';
import { Privacy } from './privacy.service.ts';

const KEY_CHARS = 200;

/** `open`: where somebody still has to do something. */
const listRequest = z.object({ open: z._default(z.enum(['true', 'false']), 'true'), ...pageRequest(z.uuid(), 200) });
const declareHeaders = z.object({ 'Idempotency-Key': z.string().check(z.trim(), z.minLength(1), z.maxLength(KEY_CHARS)) });

@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(
    private readonly door: Door,
    private readonly declaring: Declaring,
    private readonly privacy: Privacy,
    private readonly database: Database,
    private readonly queries: IncidentQueries,
  ) {}

  @Get()
  @Described({
    says: 'The incidents that you may see: of those that are open the worst first, of the others the latest ended first',
    query: listRequest,
    answer: incidentList,
  })
  async list(@Req() request: Request) {
    const viewer = await this.door.who(request);
    const { open, ...page } = parse(listRequest, request.query);
    return this.queries.list(open === 'true', page, viewer);
  }

  @Post()
  @HttpCode(201)
  @Described({
    says: 'Declares an incident. The same key with the same body again answers the same incident',
    headers: declareHeaders,
    body: declareRequest,
    answer: incidentView,
  })
  async declare(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body() body: unknown,
    @Headers('idempotency-key') key?: string,
  ) {
    const somebody = await this.door.who(request);
    mustBeAllowed(somebody, 'incident.declare');
    const headers = declareHeaders.safeParse({ 'Idempotency-Key': key });
    if (!headers.success) {
      throw new BadRequest(
        'Send an Idempotency-Key header: any text of at most 200 characters that is new for each incident. Sending it again with the same body is then safe.',
      );
    }
    const { incident, again } = await this.declaring.declareOnce(
      parse(declareRequest, body, { title: 'Checkout is failing', severity: 'SEV2' }),
      actorOf(somebody),
      headers.data['Idempotency-Key'],
    );
    if (again) response.setHeader('Idempotent-Replayed', 'true');
    const view = await this.queries.get(incident.id, somebody);
    response.setHeader('Location', view.url);
    return view;
  }

  /** An admin takes part in a private incident that they cannot see. Anybody else is told the same of every number. */
  @Post(':id/let-in')
  @HttpCode(200)
  @Described({ says: 'Lets you, an admin, into a private incident. Its room is told', answer: incidentView })
  async letIn(@Req() request: Request, @Param('id') id: string) {
    const somebody = await this.door.who(request);
    await this.database.transaction((tx) => this.privacy.letIn(tx, id, actorOf(somebody), uuidv7()));
    return this.queries.get(id, somebody);
  }

  @Get(':id')
  @Described({ says: 'One incident. `id` is its uuid, `INC-247` or `247`, here and below', answer: incidentView })
  async get(@Req() request: Request, @Param('id') id: string) {
    return this.queries.get(id, await this.door.who(request));
  }
}
