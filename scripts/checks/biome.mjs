/** biome: lint, formatting and the order of imports, of TypeScript, JavaScript and JSON. */
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { colour } from '../support/step.mjs';

/** It takes no notice of NO_COLOR. */
const colours = `--colors=${colour ? 'force' : 'off'}`;

const biome = (...args) =>
  run(process.execPath, [at('node_modules/@biomejs/biome/bin/biome'), ...args, colours]);

/** Fails on any finding, warnings too. */
export const checkScripts = () => biome('ci', '--error-on-warnings');

/** Formats, sorts imports, and repairs what can be repaired safely. */
export const formatScripts = () => biome('check', '--write');
