import { constants } from 'node:os';
import { afterAll } from 'vitest';

/*
 * A setup file for tests under LeakSanitizer. It looks for leaks when a process exits, but vitest ends those of its test
 * files by a signal. So it is asked to look when the tests of a file are done.
 */

/** What scripts/sanitize/leak-check.c exports. */
interface LeakCheck {
  check(): void;
}

const loaded = { exports: {} as LeakCheck };
process.dlopen(loaded, process.env['LIBZOOKEEPER_TEST_LEAKS'] ?? '', constants.dlopen.RTLD_NOW);

// The first to be registered is the last to run: whatever the tests opened is closed by then. It looks at all of the memory,
// which takes as long as it takes.
afterAll(() => loaded.exports.check(), Number.POSITIVE_INFINITY);
