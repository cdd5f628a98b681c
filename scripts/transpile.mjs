// Files of the tests as JavaScript beside the product in dist, for scripts that run them without Jest.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './prepare/project.mjs';

/** `files`: from the root of the repository, each ending in `.ts`. */
export async function transpile(files) {
  const { transformFile } = await import('@swc/core');
  for (const file of files) {
    const to = join(ROOT, 'dist', file.replace(/\.ts$/, '.js'));
    const { code } = await transformFile(join(ROOT, file), { cwd: ROOT, sourceMaps: 'inline' });
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, code);
  }
}
