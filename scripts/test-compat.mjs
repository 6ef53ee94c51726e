/** `npm run test:compat`: set-up, build, then `libzookeeper/compat` beside the original, which is brought in for it. */
import { ensurePeer } from '../test/compat/peer/ensure.mjs';
import { build } from './build.mjs';
import { setUp } from './setup.mjs';
import { at } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { main, step } from './support/step.mjs';

await main(async () => {
  await setUp();
  await build();
  await step('the original', ensurePeer);
  await run(process.execPath, [
    at('node_modules/vitest/vitest.mjs'),
    ...['run', '--config', at('vitest.compat.config.ts')],
  ]);
});
