import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { type FileAdded, type FileLink, type FileView, fileAdded, fileLink, fileList } from '#libs/war-room-protocol/files';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { IncidentNotFound } from '#src/incidents/incidents.errors';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { parse } from '#src/platform/http/parse';
import { FileNotFound, FileRemoved } from './artifacts.errors.ts';
import { ArtifactQueries } from './artifacts.queries.ts';
import { Artifacts } from './artifacts.service.ts';
import type { Artifact } from './artifacts.types.ts';
import { sendArtifact } from './send-artifact.ts';
import { SignedLinks } from './signed-links.ts';
import { ArtifactStore } from './artifact-store.types.ts';
import { Uploads } from './uploads.service.ts';

const addRequest = z.object({
  name: z.string(),
  id: z.optional(z.uuid()),
  alt: z.optional(z.string().check(z.maxLength(limits.altChars))),
  message: z.optional(z.uuid()),
});
const listRequest = z.object(pageRequest(z.uuid()));
const removed = z.object({ seq: z.number() });

/** Files over HTTP. Every way asks at the door; an incident that somebody may not see has no files for them. */
@Controller()
export class ArtifactsController {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly artifacts: Artifacts,
    private readonly uploads: Uploads,
    private readonly queries: ArtifactQueries,
    private readonly links: SignedLinks,
    private readonly store: ArtifactStore,
  ) {}

  @Post('api/v1/incidents/:id/files')
  @HttpCode(201)
  @Described({
    says: 'Adds a file: its bytes as the body, or a form with the file as its last field',
    query: addRequest,
    body: 'application/octet-stream',
    answer: fileAdded,
  })
  async add(@Req() request: Request, @Param('id') id: string): Promise<FileAdded> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    const { artifact, seq } = await this.uploads.receive(request, incident.id, actorOf(somebody));
    return { seq, file: toView(artifact) };
  }

  @Get('api/v1/incidents/:id/files')
  @Described({ says: 'The files of a room, oldest first, removed ones too', query: listRequest, answer: fileList })
  async list(@Req() request: Request, @Param('id') id: string) {
    const incident = await this.incidents.get(id, await this.door.who(request));
    const { shown, next, more } = await this.queries.list(incident.id, parse(listRequest, request.query));
    return { files: shown.map(toView), next, more };
  }

  /** Sends on to a link that is good for five minutes; asked for JSON, it says the link. */
  @Get('api/v1/incidents/:id/files/:fileId')
  @Described({
    says: 'A link to the file that is good for five minutes, for `Accept: application/json`; otherwise a redirect to it',
    answer: fileLink,
  })
  async link(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('fileId') fileId: string): Promise<void> {
    const artifact = await this.visible(fileId, await this.door.who(request), id);
    const { path, expiresAt } = await this.links.make(artifact.fact.fileId);
    response.setHeader('Cache-Control', 'no-store');
    if (!(request.headers.accept ?? '').includes('application/json')) return response.redirect(302, path);
    response.json({ file: toView(artifact), link: path, expiresAt: expiresAt.toISOString() } satisfies FileLink);
  }

  @Delete('api/v1/incidents/:id/files/:fileId')
  @Described({ says: 'Removes a file for good. The room says that it was there', answer: removed })
  async remove(@Req() request: Request, @Param('id') id: string, @Param('fileId') fileId: string): Promise<{ seq: number }> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    return this.artifacts.remove(incident.id, fileId, actorOf(somebody));
  }

  @Get('files/:fileId')
  async bytes(
    @Req() request: Request,
    @Res() response: Response,
    @Param('fileId') fileId: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
  ): Promise<void> {
    const artifact = await this.visible(fileId, await this.door.who(request));
    await this.links.check(fileId, expires, signature);
    await sendArtifact(this.store, artifact, request, response);
  }

  /** @throws FileNotFound, IncidentNotFound, FileRemoved */
  private async visible(fileId: string, viewer: AtTheDoor, incidentId?: string): Promise<Artifact> {
    const incident = incidentId === undefined ? null : await this.incidents.get(incidentId, viewer);
    const artifact = await this.queries.get(fileId);
    if (incident && incident.id !== artifact.incidentId) throw new FileNotFound(fileId);
    if (!incident) await this.incidents.get(artifact.incidentId, viewer).catch(notThisFile(fileId));
    if (artifact.removedAt) throw new FileRemoved(artifact.fact.name);
    return artifact;
  }
}

/** An incident's number is nothing for whoever may not see it. */
const notThisFile = (fileId: string) => (error: unknown) => {
  throw error instanceof IncidentNotFound ? new FileNotFound(fileId) : error;
};

const toView = ({ incidentId, fact, by, addedAt, removedAt }: Artifact): FileView => ({
  ...fact,
  by,
  addedAt: addedAt.toISOString(),
  removed: removedAt !== null,
  href: `/api/v1/incidents/${incidentId}/files/${fact.fileId}`,
});
