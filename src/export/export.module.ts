import { Module } from '@nestjs/common';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { ExportController } from './export.controller.ts';

@Module({ imports: [IncidentsModule, ArtifactsModule], controllers: [ExportController] })
export class ExportModule {}
