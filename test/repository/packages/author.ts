import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ROOT } from '../rules/planted.ts';

/** Whoever writes an adapter: with a folder in which the two packages lie, and nothing else of ours. */
export class Author {
  readonly around = mkdtempSync(join(tmpdir(), 'muster-author-'));
  readonly folder = join(this.around, 'author');
  /** The names of the two, as they lie in the folder. */
  readonly tarballs: readonly string[];

  constructor() {
    mkdirSync(this.folder);
    const packed = this.run(process.execPath, join(ROOT, 'scripts', 'pack.mjs'), join(this.around, 'packages'))
      .trim()
      .split('\n')
      .slice(-2);
    for (const tarball of packed) copyFileSync(tarball, join(this.folder, basename(tarball)));
    this.tarballs = packed.map((tarball) => basename(tarball));
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
  }

  /** Installs the two. What else is named is taken from here as it is, so that nothing is fetched. */
  install(...others: readonly string[]): void {
    const ours = this.tarballs.map((name) => `./${name}`);
    this.run('npm', 'install', ...this.offline(), ...ours, ...others.map((name) => join(ROOT, 'node_modules', name)));
  }

  /** Packs what was written, and installs it in a folder where nothing else is. Returns that folder. */
  publish(...others: readonly string[]): string {
    const folder = join(this.around, 'operator');
    const tarball = this.run('npm', 'pack', '--silent').trim();
    mkdirSync(folder);
    const needed = others.map((name) => join(ROOT, 'node_modules', name));
    this.run('npm', 'install', '--prefix', folder, ...this.offline(), join(this.folder, tarball), ...needed);
    return folder;
  }

  /** What the command printed. Throws when it fails. */
  run(command: string, ...args: readonly string[]): string {
    const { status, output } = this.try(command, ...args);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${output}`);
    return output;
  }

  try(command: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.folder, encoding: 'utf8' });
    return { status, output: error?.message ?? stdout + stderr };
  }

  private offline(): readonly string[] {
    return ['--offline', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `--cache=${join(this.around, 'cache')}`];
  }

  gone(): void {
    rmSync(this.around, { recursive: true, force: true });
  }
}
