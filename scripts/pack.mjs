// npm run pack: @musterhq/chat-port and @musterhq/adapter-testkit as tarballs in dist/packages, or in the folder that is named.
import './node-version.mjs';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepare } from './prepare/prepare.mjs';
import { inProject } from './prepare/project.mjs';
import { stage } from './pack/stage.mjs';
import { tarball } from './pack/tarball.mjs';

const PACKAGES = ['chat-port', 'adapter-testkit'];

await prepare();
const [named] = process.argv.slice(2);
const target = named === undefined ? inProject('dist', 'packages') : resolve(process.env.INIT_CWD ?? process.cwd(), named);
const staged = mkdtempSync(join(tmpdir(), 'muster-pack-'));
try {
  mkdirSync(target, { recursive: true });
  for (const name of PACKAGES) {
    const folder = join(staged, name);
    stage(name, folder);
    console.log(tarball(folder, target));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(staged, { recursive: true, force: true });
}
