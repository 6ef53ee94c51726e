/** Runs TypeScript as it is, with tsx. */
import { run } from './run.mjs';

/**
 * Runs a file to its end, its output being ours, and resolves with its exit code. A signal that
 * ends us is for the program to answer, which may have a server to stop: a terminal sends Ctrl-C to
 * both, and SIGTERM is handed on.
 */
export const runTypeScript = (file) =>
  run(process.execPath, ['--import', 'tsx', file], { check: false, foreground: true });
