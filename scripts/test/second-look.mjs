/** More than these are no accident of the machine. */
const AT_MOST = 5;

/**
 * Runs files that failed once more, alone. What fails again has failed; what passes then is unsteady: it counts as passed, and is named, for
 * somebody to find out why. Gives back all files with the counts that stand, and the names of what was unsteady.
 */
export async function lookAgain(files, run) {
  const failed = files.filter(({ failed: count }) => count > 0);
  if (failed.length === 0 || failed.length > AT_MOST || failed.some(({ path }) => path === null)) return { files, unsteady: [] };
  console.log(`\n${failed.length} of ${files.length} files failed, and are run again, alone.`);
  const again = await run(failed.map(({ path }) => path));
  const second = new Map(again.map((file) => [file.path, file]));
  return {
    files: [...files.map((file) => (file.failed > 0 && second.get(file.path)) || file), ...again.filter(({ path }) => path === null)],
    unsteady: failed.flatMap(({ path, failures }) => (second.get(path)?.failed === 0 ? failures.map((name) => `${path}: ${name}`) : [])),
  };
}
