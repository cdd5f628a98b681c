import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The built page application, looked at when asked: it may be built again while we run, and we run without it too. */
export class WebBuild {
  constructor(readonly folder: string) {}

  /** The page that loads the application; null while it is not built. */
  async index(): Promise<Buffer | null> {
    return readFile(join(this.folder, 'index.html')).catch(() => null);
  }

  /** A built file by its path below `assets`; null for what is not one, wherever the path leads. */
  async asset(path: string): Promise<{ readonly file: string; readonly bytes: number } | null> {
    const folder = join(this.folder, 'assets');
    const file = resolve(folder, path);
    if (!file.startsWith(`${folder}/`) || file.includes('\0') || /(^|\/)\./.test(path)) return null;
    const found = await stat(file).catch(() => null);
    return found?.isFile() ? { file, bytes: found.size } : null;
  }
}
