import { writeFileSync } from 'node:fs';

/** Leaves the counts of each file where run-jest.mjs reads them. A file that could not run counts as failed. */
export default class ResultsReporter {
  onRunComplete(_contexts, results) {
    const files = results.testResults.map((file) => ({
      path: file.testFilePath,
      passed: file.numPassingTests,
      failed: file.numFailingTests + (file.testExecError && file.numFailingTests === 0 ? 1 : 0),
      skipped: file.numPendingTests + file.numTodoTests,
      failures: file.testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    }));
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(files));
  }
}
