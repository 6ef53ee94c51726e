/** The sanitizers, and valgrind, and how each is used. */

/**
 * @typedef {object} Sanitizer
 * @property {string} title
 * @property {string[]} flags - for compilers and linker
 * @property {string} [runtime] - what has to be in the process before anything else is: a library of gcc's
 * @property {(log: string) => Record<string, string>} [env] - its options; reports go to files whose names begin with `log`
 * @property {boolean} [looksForLeaks] - it has to be asked to, at the end of a test file
 * @property {(log: string) => string[]} [runner] - a command in which the tests' child processes run, and no other
 * @property {boolean} [onlyNamed] - not run unless it is named
 * @property {number} patience - how much slower everything is, at the most
 * @property {string[]} tests - what is run if nothing is named
 */

const common = (log) => [`log_path=${log}`, 'log_exe_name=1'];
/** No names: symbols.mjs. */
const addresses = ['symbolize=0', 'stack_trace_format="    #%n %p (%m+%o)"'];
const options = (...list) => list.join(':');
const everything = ['test/unit', 'test/live', 'test/lifecycle', 'test/hostile', 'test/faults'];

/** @type {Record<string, Sanitizer>} */
export const sanitizers = {
  address: {
    title: 'AddressSanitizer and LeakSanitizer',
    flags: ['-fsanitize=address'],
    runtime: 'libasan.so',
    looksForLeaks: true,
    env: (log) => ({
      ASAN_OPTIONS: options(
        ...common(log),
        // A process with an error in it must not look well; one with leaks ends as it would, and they are in its report.
        ...['abort_on_error=1', 'exitcode=0', 'detect_stack_use_after_return=1'],
        'strict_string_checks=1',
        ...addresses,
        // Tests put libraries of their own before all others, which hide nothing that is looked for.
        'verify_asan_link_order=0',
      ),
    }),
    patience: 3,
    tests: everything,
  },
  undefined: {
    title: 'UndefinedBehaviorSanitizer',
    flags: ['-fsanitize=undefined', '-fsanitize=float-divide-by-zero,float-cast-overflow'],
    env: (log) => ({ UBSAN_OPTIONS: options(...common(log), 'print_stacktrace=1') }),
    patience: 2,
    tests: everything,
  },
  thread: {
    title: 'ThreadSanitizer',
    flags: ['-fsanitize=thread'],
    runtime: 'libtsan.so',
    env: (log) => ({
      TSAN_OPTIONS: options(
        ...common(log),
        // Node.js has races of its own, as it seems to a sanitizer that does not see its atomics: no reason to end otherwise.
        ...['exitcode=0', 'atexit_sleep_ms=0', 'history_size=4', 'second_deadlock_stack=1'],
        ...addresses,
      ),
    }),
    patience: 5,
    tests: everything,
  },
  valgrind: {
    title: 'valgrind',
    flags: [],
    runner: (log) => [
      'valgrind',
      ...['--xml=yes', `--xml-file=${log}.%p`, '--child-silent-after-fork=yes'],
      ...['--leak-check=full', '--show-leak-kinds=definite', '--num-callers=40'],
      // What V8 compiles, it writes over.
      ...['--error-limit=no', '--smc-check=all-non-file'],
    ],
    patience: 40,
    onlyNamed: true,
    tests: ['test/lifecycle'],
  },
};
