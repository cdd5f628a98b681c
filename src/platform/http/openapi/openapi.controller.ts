import { Controller, Get } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import * as z from 'zod/mini';
import { Described } from './described.ts';
import { openApiDocument } from './document.ts';

/** What programs can do here, for programs. It tells nothing of what is in this Muster. */
@Controller('api/openapi.json')
export class OpenApiController {
  private document: Record<string, unknown> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  @Get()
  @Described({ says: 'This document', answer: z.record(z.string(), z.unknown()), isPublic: true })
  read() {
    return (this.document ??= openApiDocument(
      this.discovery.getControllers().flatMap(({ metatype }) => (typeof metatype === 'function' ? [metatype as never] : [])),
    ));
  }
}
