import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '#test/repository/rules/planted';

/** Where an operator keeps chats.json, with packages installed beside it. */
export class OutsideFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'muster-outside-'));
  /** What adapters said is kept here. */
  readonly said = join(this.path, 'said.txt');

  constructor(chats: readonly unknown[]) {
    this.install('@acme/unruly', readFileSync(join(ROOT, 'test/platform/outside/unruly.mjs'), 'utf8'));
    this.write('said.txt', '');
    this.chats(chats);
  }

  get file(): string {
    return join(this.path, 'chats.json');
  }

  chats(chats: readonly unknown[]): void {
    this.write('chats.json', JSON.stringify(chats));
  }

  /** Installs a package of one file, which only `import` finds. */
  install(name: string, code: string): void {
    this.write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: { import: './index.js' } }));
    this.write(`node_modules/${name}/index.js`, code);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  heard(): string[] {
    return readFileSync(this.said, 'utf8').split('\n').filter(Boolean);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
