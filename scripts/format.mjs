/** `npm run format`: puts everything into the form that the test command asks for. */
import { formatScripts } from './checks/biome.mjs';
import { formatNative } from './checks/clang-format.mjs';
import { main, step } from './support/step.mjs';

await main(async () => {
  await step('formatting of TypeScript, JavaScript, JSON', formatScripts);
  await step('formatting of C++', formatNative);
});
