import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { at, out } from '../paths.js';
import { filesIn } from './stamp.js';

/**
 * Translates the drivers to JavaScript, so that the processes under test run no translator: its threads and memory would be
 * measured along.
 *
 * @returns the directory
 */
export function buildDrivers(): string {
  const directory = out('drivers');
  mkdirSync(directory, { recursive: true });
  for (const file of filesIn(at('bench/drivers'), ['.ts'])) {
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(directory, basename(file).replace(/\.ts$/, '.js')), outputText);
  }
  return directory;
}
