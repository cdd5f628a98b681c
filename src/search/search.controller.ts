import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { type SearchPage, searchChars, searchPage } from '#libs/war-room-protocol/search';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { parse } from '#src/platform/http/parse';
import { searchPageOf } from './search.pages.ts';
import { Search } from './search.service.ts';

const search = z.object({ q: z.string().check(z.maxLength(searchChars)), after: z.optional(z.string().check(z.maxLength(1_000))) });
const A_SEARCH = { q: 'pool exhausted' };

/** Finding again what happened and what was said: for the page and programs, and as a page of its own. */
@Controller()
export class SearchController {
  constructor(
    private readonly door: Door,
    private readonly search: Search,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/search')
  @Described({
    says: 'Incidents and what was said in them, that you may see. The end has no `next`',
    query: search,
    answer: searchPage,
  })
  async find(@Req() request: Request, @Query() query: unknown): Promise<SearchPage> {
    const viewer = await this.door.who(request);
    const { q, after } = parse(search, query, A_SEARCH);
    return this.search.find(q, viewer, after);
  }

  @Get('search')
  async page(@Req() request: Request, @Res() response: Response, @Query() query: unknown): Promise<void> {
    const viewer = await this.door.who(request);
    const { q, after } = parse(search, { q: '', ...(query as object) }, A_SEARCH);
    const found = q.trim() === '' ? null : await this.search.find(q, viewer, after);
    await this.pages.send(request, response, searchPageOf(q, found));
  }
}
