import { resolve } from 'node:path';
import type { Config } from '#src/platform/config/config.schema';
import { PROJECT } from '#src/platform/processes/data-folder';
import type { ArtifactStore } from '../artifact-store.types.ts';
import { DiskStore } from './disk-store.ts';

/** A bucket where one is configured, or else a folder beside the database's. */
export function storeOf(config: Config): ArtifactStore {
  return new DiskStore(resolve(PROJECT, config.MUSTER_DATA ?? '.data', 'files'));
}
