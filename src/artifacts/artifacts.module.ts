import { Module } from '@nestjs/common';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { CONFIG } from '#src/platform/platform.tokens';
import { ArtifactStore } from './artifact-store.types.ts';
import { ArtifactsController } from './artifacts.controller.ts';
import * as errors from './artifacts.errors.ts';
import { ArtifactQueries } from './artifacts.queries.ts';
import { Artifacts } from './artifacts.service.ts';
import { SignedLinks } from './signed-links.ts';
import { storeOf } from './store/store-of.ts';
import { Sweep } from './sweep.ts';
import { Uploads } from './uploads.service.ts';

const MEGABYTE = 1024 * 1024;

@Module({
  imports: [IncidentsModule],
  controllers: [ArtifactsController],
  providers: [
    { provide: ArtifactStore, useFactory: (config: Config) => storeOf(config), inject: [CONFIG] },
    { provide: ArtifactQueries, useFactory: (database: Database) => new ArtifactQueries(database), inject: [Database] },
    { provide: SignedLinks, useFactory: (database: Database) => new SignedLinks(database), inject: [Database] },
    {
      provide: Artifacts,
      useFactory: (database: Database, log: StreamLog, incidents: Incidents, store: ArtifactStore, config: Config) => {
        mapErrors(400, errors.FileEmpty, errors.UploadBrokeOff);
        mapErrors(403, errors.LinkNotGood);
        mapErrors(404, errors.FileNotFound);
        mapErrors(409, errors.FileIdReused, errors.NotYourMessage);
        mapErrors(410, errors.FileRemoved);
        mapErrors(413, errors.FileTooLarge);
        mapErrors(415, errors.FileKindRefused);
        mapErrors(503, errors.StoreAway);
        return new Artifacts(database, log, incidents, store, config.MUSTER_FILE_MB * MEGABYTE);
      },
      inject: [Database, StreamLog, Incidents, ArtifactStore, CONFIG],
    },
    { provide: Uploads, useFactory: (artifacts: Artifacts) => new Uploads(artifacts), inject: [Artifacts] },
    {
      provide: Sweep,
      useFactory: (store: ArtifactStore, artifacts: ArtifactQueries, log: Log) => new Sweep(store, artifacts, log),
      inject: [ArtifactStore, ArtifactQueries, LOG],
    },
  ],
  exports: [ArtifactStore, ArtifactQueries, Artifacts, Sweep, Uploads],
})
export class ArtifactsModule {}
