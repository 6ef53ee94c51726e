/** Runs the tests, and counts them. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';

/**
 * What a file's tests came to. A file that could not be run at all, or a hook of it that failed, is
 * a failure, too.
 */
function countFile({ status, assertionResults }) {
  const count = (...statuses) =>
    assertionResults.filter((test) => statuses.includes(test.status)).length;
  const passed = count('passed');
  const failed = count('failed');
  return {
    passed,
    failed: status === 'failed' ? Math.max(failed, 1) : failed,
    skipped: assertionResults.length - passed - failed,
  };
}

/**
 * The sums of vitest's own report; one failure where there is no report, or where it failed for a
 * reason beyond.
 */
function count(status, report) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
      for (const [key, value] of Object.entries(countFile(file))) total[key] += value;
    }
  }
  // An error outside of any test, or no test at all.
  if (status !== 0 && total.failed === 0) total.failed = 1;
  return total;
}

/**
 * @param others - options and files for vitest
 * @param env - the environment
 * @param report - where vitest's own report goes
 * @returns how many tests passed, failed, and were skipped
 */
export async function runTests(others = [], { env, report = at('build/vitest.json') } = {}) {
  rmSync(report, { force: true });
  const status = await run(
    process.execPath,
    [
      at('node_modules/vitest/vitest.mjs'),
      ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...others,
    ],
    { env, check: false, foreground: true },
  );
  return count(status, report);
}
