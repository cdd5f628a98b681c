import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import * as z from 'zod/mini';
import { addable as addableView } from '#libs/war-room-protocol/views';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { Door } from '#src/people/door.service';
import { actorOf } from '#src/people/people.types';
import { Database } from '#src/platform/database/database';
import { Described } from '#src/platform/http/openapi/described';
import { parse } from '#src/platform/http/parse';
import { addable } from './addable.queries.ts';
import { IncidentQueries } from './incidents.queries.ts';
import { Incidents } from './incidents.service.ts';

const begunRequest = z.object({ named: z.string().check(z.maxLength(limits.nameChars)) });

/** Who could be let in, for somebody who writes a name. */
@Controller('api/v1/incidents/:id/addable')
export class AddableController {
  constructor(
    private readonly door: Door,
    private readonly queries: IncidentQueries,
    private readonly incidents: Incidents,
    private readonly database: Database,
  ) {}

  @Get()
  @Described({
    says: 'Whom and which teams you could add, whose names have a word that begins so',
    query: begunRequest,
    answer: addableView,
  })
  async find(@Req() request: Request, @Param('id') given: string) {
    const viewer = await this.door.who(request);
    const { id } = await this.queries.get(given, viewer);
    const { named } = parse(begunRequest, request.query, { named: 'ana' });
    return this.database.transaction(async (tx) => {
      await this.incidents.mustBeAllowed(tx, { id, by: actorOf(viewer) }, 'participant.add');
      return addable(tx, id, named);
    });
  }
}
