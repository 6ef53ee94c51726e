/** `npm start`: set-up, build, then the tour of the API against a real server. */
import { build } from './build.mjs';
import { setUp } from './setup.mjs';
import { at } from './support/paths.mjs';
import { main } from './support/step.mjs';
import { runTypeScript } from './support/tsx.mjs';

await main(async () => {
  await setUp();
  await build();
  process.exitCode = await runTypeScript(at('examples/tour.ts'));
});
