import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { FileAdded, FileLink, FileView } from '#libs/war-room-protocol/files';
import { IncidentNotFound } from '#src/incidents/incidents.errors';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Door } from '#src/people/door.service';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { FileNotFound, FileRemoved } from './artifacts.errors.ts';
import { ArtifactQueries } from './artifacts.queries.ts';
import { Artifacts } from './artifacts.service.ts';
import type { Artifact } from './artifacts.types.ts';
import { sendArtifact } from './send-artifact.ts';
import { SignedLinks } from './signed-links.ts';
import { ArtifactStore } from './artifact-store.types.ts';
import { Uploads } from './uploads.service.ts';

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
  async add(@Req() request: Request, @Param('id') id: string): Promise<FileAdded> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    const { artifact, seq } = await this.uploads.receive(request, incident.id, actorOf(somebody));
    return { seq, file: toView(artifact) };
  }

  @Get('api/v1/incidents/:id/files')
  async list(@Req() request: Request, @Param('id') id: string): Promise<{ files: FileView[] }> {
    const incident = await this.incidents.get(id, await this.door.who(request));
    return { files: (await this.queries.list(incident.id)).map(toView) };
  }

  /** Sends on to a link that is good for five minutes; asked for JSON, it says the link. */
  @Get('api/v1/incidents/:id/files/:fileId')
  async link(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Param('fileId') fileId: string): Promise<void> {
    const artifact = await this.visible(fileId, await this.door.who(request), id);
    const { path, expiresAt } = await this.links.make(artifact.fact.fileId);
    response.setHeader('Cache-Control', 'no-store');
    if (!(request.headers.accept ?? '').includes('application/json')) return response.redirect(302, path);
    response.json({ file: toView(artifact), link: path, expiresAt: expiresAt.toISOString() } satisfies FileLink);
  }

  @Delete('api/v1/incidents/:id/files/:fileId')
  async remove(@Req() request: Request, @Param('id') id: string, @Param('fileId') fileId: string): Promise<{ seq: number }> {
    const somebody = await this.door.who(request);
    const incident = await this.incidents.get(id, somebody);
    return this.artifacts.remove(incident.id, fileId, actorOf(somebody), somebody.role);
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
