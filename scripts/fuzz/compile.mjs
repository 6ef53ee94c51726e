/** Compiles fuzz targets. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { build as clientBuild, generated, project } from '../../deps/layout.mjs';
import { nodedir } from '../build/addon.mjs';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { isMapped, isOfClient, targets } from './targets.mjs';

/** System calls that test/fuzz/network.cc answers. */
const wrapped = [
  ...['socket', 'connect', 'setsockopt', 'getsockopt', 'shutdown', 'send', 'recv', 'pipe2'],
  ...['close', 'read', 'write', 'fcntl', 'poll', 'getaddrinfo', 'freeaddrinfo'],
];

const defines = ['THREADED', 'USE_STATIC_LIB', 'HAVE_CYRUS_SASL_H', '_GNU_SOURCE'];

const includes = () => [
  at('native'),
  at('native/port/cyrus'),
  at('test/fuzz'),
  join(project, 'include'),
  join(project, 'src'),
  generated,
  join(clientBuild, 'include'),
  join(nodedir() ?? '/usr', 'include/node'),
];

/** Assertions stay: one that a server can make fail is found that way. The C client's warnings are its own. */
const common = () => [
  ...['-g', '-O2', '-fno-omit-frame-pointer', '-w'],
  ...defines.map((name) => `-D${name}`),
  ...includes().map((path) => `-I${path}`),
];

const clientFlags = [
  ...['-include', at('native/port/port.h'), '-DHAVE_OPENSSL_H', '-DSOCK_CLOEXEC_ENABLED'],
  `-I${at('native/port/c-client')}`,
];

function flagsOf(source) {
  const own = isOfClient(source) ? clientFlags : [];
  return isMapped(source) ? [...own, '-DLIBZOOKEEPER_PORT_REPLIES'] : own;
}

/** Runs tasks, as many at a time as there are cores. */
async function inParallel(tasks) {
  const results = [];
  const waiting = [...tasks.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await next[1]();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

/**
 * How targets are compiled.
 *
 * @typedef {object} Way
 * @property {string} directory - where all that is made goes
 * @property {string} c - a compiler of C
 * @property {string} cxx - a compiler of C++
 * @property {string[]} flags - for each file
 * @property {string[]} linkFlags
 * @property {string[]} sources - linked to each target
 */

/** With libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer. */
export const fuzzing = {
  directory: at('build/fuzz'),
  c: 'clang',
  cxx: 'clang++',
  flags: ['-fsanitize=fuzzer-no-link,address,undefined', '-fno-sanitize-recover=undefined'],
  linkFlags: ['-fsanitize=fuzzer,address,undefined'],
  sources: [],
};

const measured = ['-fprofile-instr-generate', '-fcoverage-mapping'];

/** With a program that runs each input once, and counts which lines it came through. */
export const coverage = {
  directory: at('build/fuzz/coverage'),
  c: 'clang',
  cxx: 'clang++',
  flags: measured,
  linkFlags: measured,
  sources: [at('test/fuzz/main.cc')],
};

/** With the system's compiler, for tests: each input once. */
export const replay = {
  directory: at('build/fuzz/replay'),
  c: 'cc',
  cxx: 'c++',
  flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
  linkFlags: ['-fsanitize=address,undefined'],
  sources: [at('test/fuzz/main.cc')],
};

/**
 * Compiles a target.
 *
 * @param {string} name
 * @param {Way} way
 * @returns {Promise<string>} the program
 */
export async function compileTarget(name, way) {
  const { isWhole = false, sources } = targets[name];
  mkdirSync(way.directory, { recursive: true });
  const compile = async (source) => {
    const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
    const object = join(way.directory, `${basename(source)}.${hash}.o`);
    const isC = source.endsWith('.c');
    const command = isC ? way.c : way.cxx;
    const language = isC ? [] : ['-std=c++17'];
    // Flags of its own come first: its headers go before those of Node.js.
    const flags = [...flagsOf(source), ...common(), ...way.flags, ...language];
    await run(command, [...flags, '-c', source, '-o', object], { quiet: true });
    return object;
  };
  const all = [at('test/fuzz', `${name}.cc`), ...sources(), ...way.sources];
  // What the port layer's header maps has to be there wherever a source of the C client is.
  if (!isWhole && all.some(isOfClient))
    all.push(
      at('native/port/ledger.cc'),
      at('native/port/free_lists.cc'),
      at('native/port/reply_memory.cc'),
      at('native/port/large_memory.cc'),
      at('native/port/context.cc'),
      join(project, 'src/zk_log.c'),
    );
  const objects = await inParallel(all.map((source) => () => compile(source)));
  const program = join(way.directory, name);
  const wraps = isWhole ? wrapped.map((call) => `-Wl,--wrap=${call}`) : [];
  await run(way.cxx, [...way.linkFlags, ...objects, '-o', program, ...wraps, '-ldl', '-lpthread'], {
    quiet: true,
  });
  return program;
}
