import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { storeOf } from '#src/artifacts/store/store-of';
import { restoreBackup } from '#src/backup/restore-backup';
import { countsOf, sizeOf, when } from '#src/backup/words';
import { verifyBackup } from '#src/backup/read-backup';
import { summaryOf } from '#src/backup/backup.types';
import { writeBackup } from '#src/backup/write-backup';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { PROJECT } from '#src/platform/processes/data-folder';
import { program } from '#src/platform/processes/program';
import { reachDatabase, reachDatabaseAlone } from '#src/platform/processes/reach-database';
import { Refusal } from '#src/platform/processes/refusal';

const BACKUP_USAGE = `npm run backup [-- FILE]
Writes everything Muster keeps into one file, while Muster runs or not. Without FILE: muster-backup-<time>.tar.gz here.`;

const RESTORE_USAGE = `npm run restore -- FILE            puts a backup into an empty database; Muster must be stopped
npm run restore -- FILE --replace  the same, and loses what is in the database now
npm run restore -- FILE --check    only reads the file and says whether it is whole; touches nothing`;

/** `npm run backup`. Paths are relative to `folder`, where the person is. */
export const backUp = (args: readonly string[], folder: string): Promise<void> =>
  program(async () => {
    const { file, help } = parse(args, BACKUP_USAGE);
    if (help) return console.log(BACKUP_USAGE);
    const now = new Date();
    const path = resolve(folder, file ?? `muster-backup-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`);

    const config = readConfig(environment);
    const database = await reachDatabase(config);
    try {
      const artifacts = storeOf({ ...config, MUSTER_DATA: database.dataDir });
      const written = await writeBackup({ url: database.url, artifacts, file: path, version: version(), now });
      console.log(`Backup written: ${path} (${sizeOf(written.bytes)})\nIt holds ${countsOf(written)}.`);
      console.log('It holds credentials of your chats too: keep it where only you can read it.');
    } finally {
      await database.close();
    }
  });

/** `npm run restore`. */
export const restore = (args: readonly string[], folder: string): Promise<void> =>
  program(async () => {
    const { file, help, replace, check } = parse(args, RESTORE_USAGE);
    if (help) return console.log(RESTORE_USAGE);
    if (!file) throw new Refusal(`Name the backup.\n${RESTORE_USAGE}`);
    const path = resolve(folder, file);
    if (check) {
      const { header, contents } = await verifyBackup(path);
      return console.log(
        `${path} is whole: made ${when(header.at)} by Muster ${header.muster}. It holds ${countsOf(summaryOf(header, contents))}.`,
      );
    }

    const config = readConfig(environment);
    const database = await reachDatabaseAlone(config, 'restoring a backup');
    try {
      const artifacts = storeOf({ ...config, MUSTER_DATA: database.dataDir });
      const restored = await restoreBackup({ url: database.url, artifacts, file: path, replace });
      console.log(`Restored: ${countsOf(restored)}, as they were at ${when(restored.at)}.`);
      if (restored.held > 0)
        console.log(
          `${restored.held} posts to chats were waiting then and may have arrived since. They are not sent again; each room marks its own.`,
        );
      if (restored.leftOut.length > 0) console.log(`Left out, because Muster has no such table: ${restored.leftOut.join(', ')}.`);
      console.log('Start Muster: npm start');
    } finally {
      await database.close();
    }
  });

function parse(args: readonly string[], usage: string): { file?: string; help: boolean; replace: boolean; check: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { ...flag, short: 'h' }, ...(usage === RESTORE_USAGE ? { replace: flag, check: flag } : {}) },
    });
    if (positionals.length > 1) throw new Error('One file at a time.');
    const { help = false, replace = false, check = false } = values as Record<string, boolean>;
    return { ...(positionals[0] === undefined ? {} : { file: positionals[0] }), help, replace, check };
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('\n')[0]}\n${usage}`);
  }
}

const version = (): string => (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }).version;
