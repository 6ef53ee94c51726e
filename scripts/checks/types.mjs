/** The type check of everything that is TypeScript: library, tests, examples, benchmarks. */
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';

export const checkTypes = () =>
  run(process.execPath, [at('node_modules/typescript/bin/tsc'), '--project', at('tsconfig.json')]);
