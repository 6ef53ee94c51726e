/**
 * `npm test`: set-up, build, lint and formatting, type check, tests. Goes on after a check that
 * failed. The last line is `N passed, N failed`, and `, N skipped` if there are any; each check
 * counts as one, and each test.
 */
import { build } from './build.mjs';
import { checkScripts } from './checks/biome.mjs';
import { checkNative } from './checks/clang-format.mjs';
import { checkTypes } from './checks/types.mjs';
import { runTests } from './checks/vitest.mjs';
import { setUp } from './setup.mjs';
import { explain, Failure, green, red, since, step } from './support/step.mjs';

const start = performance.now();
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs one check and counts it; one that returns false could not be done here. */
async function check(name, work) {
  try {
    const done = await step(name, work);
    total[done === false ? 'skipped' : 'passed'] += 1;
    return true;
  } catch (error) {
    explain(error);
    total.failed += 1;
    return false;
  }
}

async function tests() {
  const counted = await runTests();
  for (const [key, value] of Object.entries(counted)) total[key] += value;
  if (counted.failed > 0) throw new Failure(`${counted.failed} failed`);
}

/** Without a build there is nothing to test; what was built is itself not counted. */
async function built() {
  try {
    await setUp();
    await build();
    return true;
  } catch (error) {
    explain(error);
    total.failed += 1;
    return false;
  }
}

if (await built()) {
  await check('lint and formatting of TypeScript, JavaScript, JSON', checkScripts);
  await check('formatting of C++', checkNative);
  await check('types', checkTypes);
  await step('tests', tests).catch(explain);
}

const { passed, failed, skipped } = total;
const paint = failed === 0 ? green : red;
console.log(`\n${paint(failed === 0 ? 'ok' : 'failed')} after ${since(start)}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
