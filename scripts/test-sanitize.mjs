/**
 * `npm run test:sanitize -- [address] [undefined] [thread] [valgrind] [TESTS ...]`: set-up, build, then the tests under each of
 * these, or under the three sanitizers if none is named. Prints each report that is about the addon or the C client once, and fails if
 * there is any. The last line is `N passed, N failed`, where each kind of report counts as a failure.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { runTests } from './checks/vitest.mjs';
import { buildLeakCheck, buildWith, nodeIn, nodeWith, place } from './sanitize/build.mjs';
import { leftOut } from './sanitize/left-out.mjs';
import { isOurs, readReports, signature } from './sanitize/reports.mjs';
import { sanitizers } from './sanitize/sanitizers.mjs';
import { suppressions } from './sanitize/suppressions.mjs';
import { withSymbols } from './sanitize/symbols.mjs';
import { setUp } from './setup.mjs';
import { at } from './support/paths.mjs';
import { Failure, green, main, red, step } from './support/step.mjs';
import { sanitizerNeeds, valgrindNeeds } from './system/needs.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };

/** What the tests are told: where the addon is, which Node.js to use, how patient to be, where reports go. */
async function environment(name, log) {
  const { flags, runtime, looksForLeaks, runner, env, patience } = sanitizers[name];
  const variables = {
    ...process.env,
    ...env?.(log),
    LIBZOOKEEPER_PREBUILD: await buildWith(name, flags),
    LIBZOOKEEPER_TEST_PATIENCE: String(patience),
  };
  if (runtime !== undefined) variables.LIBZOOKEEPER_TEST_NODE = await nodeWith(runtime);
  if (looksForLeaks) variables.LIBZOOKEEPER_TEST_LEAKS = await buildLeakCheck(flags);
  if (runner !== undefined) variables.LIBZOOKEEPER_TEST_CHILD_NODE = nodeIn(runner(log));
  return variables;
}

/** Reports by what they have in common, each with how often it came. */
function grouped(reports) {
  const groups = new Map();
  for (const report of reports) {
    const key = signature(report);
    const group = groups.get(key) ?? { report, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}

/** Prints what was reported. @returns how many kinds of reports there are that ought not to be */
function tell(name, directory) {
  const reports = readReports(directory);
  const ours = withSymbols(reports.filter(isOurs));
  const reasonOf = (report) =>
    suppressions.find((each) => each.sanitizer === name && each.matches(report))?.reason;
  for (const { report, count } of grouped(ours.filter((each) => reasonOf(each) === undefined)))
    console.log(`\n${red(`reported ${count} times`)}\n${report.text}`);
  const known = new Map();
  for (const report of ours) {
    const reason = reasonOf(report);
    if (reason !== undefined) known.set(reason, (known.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of known) console.log(`known, ${count} times: ${reason}`);
  const kinds = grouped(ours.filter((each) => reasonOf(each) === undefined)).length;
  console.log(
    `${name}: ${reports.length} reports; ${reports.length - ours.length} of Node.js alone, ${[...known.values()].reduce((sum, count) => sum + count, 0)} known; ${kinds} kinds remain`,
  );
  return kinds;
}

async function testUnder(name, named) {
  const reports = join(place, 'reports', name);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const { title, tests } = sanitizers[name];
  const env = await step(`build for ${title}`, () => environment(name, join(reports, name)));
  await step(`tests under ${title}`, async () => {
    const files = named.length > 0 ? named : tests.filter((path) => existsSync(at(path)));
    const excluded = leftOut.filter(({ under }) => under?.includes(name) ?? true);
    const exclude = excluded.flatMap((each) => ['--exclude', each.tests]);
    const report = join(place, `${name}.json`);
    const counted = await runTests([...files, ...exclude], { env, report });
    const kinds = tell(name, reports);
    total.passed += counted.passed;
    total.skipped += counted.skipped;
    total.failed += counted.failed + kinds;
    if (counted.failed + kinds > 0)
      throw new Failure(`${counted.failed} tests failed, ${kinds} kinds of reports`);
  });
}

await main(async () => {
  const args = process.argv.slice(2);
  const isSanitizer = (arg) => Object.hasOwn(sanitizers, arg);
  const chosen = args.filter(isSanitizer);
  const named = args.filter((arg) => !isSanitizer(arg));
  const standard = Object.keys(sanitizers).filter((name) => !sanitizers[name].onlyNamed);
  await setUp(chosen.includes('valgrind') ? [...sanitizerNeeds, ...valgrindNeeds] : sanitizerNeeds);
  await build(['deps', 'lib']);
  for (const name of chosen.length > 0 ? chosen : standard) {
    try {
      await testUnder(name, named);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(red(error.message));
      process.exitCode = 1;
    }
  }
  const { passed, failed, skipped } = total;
  const paint = failed === 0 ? green : red;
  console.log(paint(failed === 0 ? '\nok' : '\nfailed'));
  console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
});
