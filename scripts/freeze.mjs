// npm run freeze: part of a release. From then on a test refuses every change to the migrations there are.
import './node-version.mjs';
import { freeze } from './migrations/frozen.mjs';
import { inProject } from './prepare/project.mjs';

try {
  const added = freeze(inProject('src', 'platform', 'database', 'migrations'));
  console.log(
    added.length > 0 ? `Frozen: ${added.join(', ')}. Commit checksums.json with the release.` : 'Every migration was frozen already.',
  );
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
