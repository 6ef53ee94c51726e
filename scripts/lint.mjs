/** `npm run lint`: lint and formatting, as the test command checks them. */
import { checkScripts } from './checks/biome.mjs';
import { checkNative } from './checks/clang-format.mjs';
import { main, step } from './support/step.mjs';

await main(async () => {
  await step('lint and formatting of TypeScript, JavaScript, JSON', checkScripts);
  await step('formatting of C++', checkNative);
});
