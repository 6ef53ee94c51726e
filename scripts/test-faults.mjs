/**
 * `npm run test:faults -- [--times N] [FILE ...]`: set-up, build, then the fault suite at its full length, N times in a row; ends
 * with the first run that fails. The last line is `N passed, N failed`, of all runs.
 */
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { runTests } from './checks/vitest.mjs';
import { setUp } from './setup.mjs';
import { Failure, main, step } from './support/step.mjs';

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { times: { type: 'string', default: '1' } },
  });
  if (!/^[1-9]\d*$/.test(values.times)) {
    throw new Failure(`--times must be a whole number above 0, not ${values.times}`);
  }
  await setUp();
  await build();
  const total = { passed: 0, failed: 0 };
  for (let run = 1; run <= Number(values.times) && total.failed === 0; run += 1) {
    const { passed, failed } = await step(`run ${run} of ${values.times}`, () =>
      runTests(['--config', 'vitest.faults.config.ts', ...positionals]),
    );
    total.passed += passed;
    total.failed += failed;
  }
  if (total.failed > 0) process.exitCode = 1;
  console.log(`${total.passed} passed, ${total.failed} failed`);
});
