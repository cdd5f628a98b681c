import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { storeOf } from '#src/artifacts/store/store-of';
import { importIncident } from '#src/export/import-incident';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { Database } from '#src/platform/database/database';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { migrate } from '#src/platform/database/migrate';
import { program } from '#src/platform/processes/program';
import { reachDatabase } from '#src/platform/processes/reach-database';
import { Refusal } from '#src/platform/processes/refusal';

/** `npm run import`: an incident that was exported elsewhere, whether Muster runs here or not. */
export const importFile = ([file, ...more]: readonly string[], folder: string): Promise<void> =>
  program(async () => {
    if (!file || more.length > 0 || file.startsWith('-'))
      throw new Refusal('npm run import -- FILE, as GET /api/v1/incidents/:id/export gave it.');
    const config = readConfig(environment);
    const { url, dataDir, close } = await reachDatabase(config);
    try {
      await migrate(url);
      const source = await new DataSource(dataSourceOptions(url, 1)).initialize();
      try {
        const store = storeOf({ ...config, MUSTER_DATA: dataDir });
        const { reference, again, events } = await importIncident(new Database(source), store, resolve(folder, file));
        console.log(again ? `${reference} is here already. Nothing was changed.` : `Imported as ${reference}, with ${events} events.`);
      } finally {
        await source.destroy();
      }
    } finally {
      await close();
    }
  });
