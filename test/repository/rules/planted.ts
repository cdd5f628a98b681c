import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type Files = Readonly<Record<string, string>>;

/** A small project of the same layout as ours, under our own rules, in which something is wrong on purpose. */
export class Planted {
  readonly folder = mkdtempSync(join(tmpdir(), 'muster-rules-'));

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Files of ours, as they are. */
  copy(...paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      cpSync(join(ROOT, path), join(this.folder, path));
    }
  }

  /** What a tool of ours prints when it looks at this project. It fails, because something is wrong. */
  run(script: string, ...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => (output.includes('{') ? resolve(output) : reject(new Error(complaint || output))));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
