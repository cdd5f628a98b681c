import { writeFileSync } from 'node:fs';

/** Leaves the counts where scripts/test.mjs reads them. A file that could not run counts as failed. */
export default class ResultsReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } = results;
    const counts = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests + numTodoTests };
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  }
}
