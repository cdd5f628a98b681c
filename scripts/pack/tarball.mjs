import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { npm, ownEnvironment } from '../prepare/npm.mjs';

/** Has npm pack the folder as it is. Returns where the tarball is. */
export function tarball(folder, target) {
  const [command, ...first] = npm();
  const args = [...first, 'pack', folder, '--pack-destination', target, '--ignore-scripts'];
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: ownEnvironment() });
  if (status !== 0) throw new Error(`npm could not pack ${folder}: ${error?.message ?? stderr}`);
  return join(target, stdout.trim().split('\n').at(-1));
}
