import { join, resolve } from 'node:path';
import type { Config } from '#src/platform/config/config.schema';
import { PROJECT } from '#src/platform/processes/data-folder';
import type { ArtifactStore } from '../artifact-store.types.ts';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import { Spool } from './spool.ts';

/** A bucket where one is configured, or else a folder beside the database's. */
export function storeOf(config: Config): ArtifactStore {
  const folder = resolve(PROJECT, config.MUSTER_DATA ?? '.data', 'files');
  const { MUSTER_S3_BUCKET: name, MUSTER_S3_REGION: region, MUSTER_S3_ENDPOINT: endpoint } = config;
  const { MUSTER_S3_ACCESS_KEY_ID: accessKeyId, MUSTER_S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!name || !accessKeyId || !secretAccessKey) return new DiskStore(folder);
  const bucket = { name, region, endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`, accessKeyId, secretAccessKey };
  return new S3Store(bucket, new Spool(join(folder, 'unfinished')));
}
