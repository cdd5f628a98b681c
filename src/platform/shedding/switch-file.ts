import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type Switch, type WorkClass, WORK_CLASSES } from './work.types.ts';

const FILE = 'switches.json';

const content = z.partialRecord(
  z.enum(WORK_CLASSES as [WorkClass, ...WorkClass[]]),
  z.strictObject({ off: z.boolean(), why: z.optional(z.string()), until: z.optional(z.iso.datetime({ offset: true })) }),
);

export type FileSwitches = ReadonlyMap<WorkClass, Switch>;

/**
 * `switches.json` in MUSTER_DATA: works when the database is away, and wins over everything else. One that cannot be
 * understood changes nothing, and the log says why.
 */
export class SwitchFile {
  private readonly path: string;
  private stamp = '';
  private switches: FileSwitches = new Map();

  constructor(
    dataDir: string,
    private readonly complain: (why: string) => void,
  ) {
    this.path = join(dataDir, FILE);
  }

  get current(): FileSwitches {
    return this.switches;
  }

  /** True when it says something else than before. */
  async read(): Promise<boolean> {
    const found = await stat(this.path).catch(() => null);
    const stamp = found ? `${found.mtimeMs}/${found.size}/${found.ino}` : '';
    if (stamp === this.stamp) return false;
    this.stamp = stamp;
    if (!found) {
      this.switches = new Map();
      return true;
    }
    try {
      const said = content.parse(JSON.parse(await readFile(this.path, 'utf8')));
      this.switches = new Map(
        Object.entries(said).map(([name, { off, why, until }]) => [
          name as WorkClass,
          {
            off,
            why: why ?? 'No reason is given in the file.',
            by: null,
            via: { id: 'file', name: FILE },
            since: found.mtime.toISOString(),
            until: until ?? null,
          },
        ]),
      );
      return true;
    } catch (error) {
      this.complain(String(error));
      return false;
    }
  }
}
