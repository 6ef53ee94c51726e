/** What a build and its tests need from the system, beyond Node.js, and whether it is there. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { juteJar } from '../../deps/jute.mjs';
import { cxxCompiler } from '../support/compiler.mjs';
import { output } from '../support/run.mjs';
import { findJava, OLDEST_JAVA } from './java.mjs';

/** Where Debian's package puts the server that the tests and the tour start. */
const SERVER_JAR = '/usr/share/java/zookeeper.jar';

/**
 * Whether the command can be run: a version manager's stand-in is found on the PATH even if there
 * is nothing behind it.
 */
const runs = (command, ...args) => output(command, [...args, '--version']) !== undefined;

/** Where a build finds OpenSSL's headers: with those of Node.js, where a distribution left them in, or the system's. */
const opensslHeaders = [
  join(dirname(dirname(process.execPath)), 'include/node/openssl/ssl.h'),
  '/usr/include/openssl/ssl.h',
];

/** Where libraries are: Debian's and Fedora's places. */
const libraries = [
  `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
  '/usr/lib64',
  '/usr/lib',
];

const hasLibrary = (...names) =>
  names.some((name) => libraries.some((place) => existsSync(join(place, name))));

/** gcc prints the path of a library of its own, and the bare name of one that it lacks. */
const sanitizerRuntime = (library) =>
  (output('gcc', [`--print-file-name=${library}`]) ?? '').startsWith('/');

/** A need is met or not, whatever met it: `package` is only how Debian and Ubuntu do it. */
const needs = [
  { what: 'a C++17 compiler (g++)', package: 'g++', met: () => runs(...cxxCompiler()) },
  { what: 'make', package: 'make', met: () => runs('make') },
  { what: 'cmake', package: 'cmake', met: () => runs('cmake') },
  { what: 'python3, for node-gyp', package: 'python3', met: () => runs('python3') },
  {
    what: `a Java runtime, ${OLDEST_JAVA} or newer`,
    package: 'default-jre-headless',
    met: () => findJava() !== undefined,
  },
  {
    what: `ZooKeeper's record compiler (${juteJar()})`,
    package: 'libzookeeper-java',
    met: () => existsSync(juteJar()),
  },
  {
    what: `the ZooKeeper server (${SERVER_JAR})`,
    package: 'libzookeeper-java',
    met: () => existsSync(SERVER_JAR),
  },
  {
    what: "OpenSSL's headers",
    package: 'libssl-dev',
    met: () => opensslHeaders.some(existsSync),
  },
  {
    what: 'the command openssl, which makes certificates for tests',
    package: 'openssl',
    met: () => output('openssl', ['version']) !== undefined,
  },
  {
    what: 'Cyrus SASL (libsasl2), for tests',
    package: 'libsasl2-2',
    met: () => hasLibrary('libsasl2.so.2', 'libsasl2.so.3'),
  },
  {
    what: 'its plugin for DIGEST-MD5, for tests',
    package: 'libsasl2-modules',
    met: () => hasLibrary('sasl2/libdigestmd5.so'),
  },
];

const fuzzerLibrary = `libclang_rt.fuzzer-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.a`;

/** What fuzzing needs beyond that. */
export const fuzzingNeeds = [
  { what: 'clang', package: 'clang', met: () => runs('clang') && runs('clang++') },
  {
    what: "clang's libFuzzer and sanitizers",
    package: 'libclang-rt-dev',
    // Clang gives a path where it finds the file, else its name.
    met: () => output('clang', [`--print-file-name=${fuzzerLibrary}`])?.startsWith('/') === true,
  },
  { what: 'llvm-cov and llvm-profdata', package: 'llvm', met: () => runs('llvm-cov') },
];

/** What sanitizers need: gcc brings them, binutils names their places, patchelf puts them first in Node.js. */
export const sanitizerNeeds = [
  { what: 'patchelf', package: 'patchelf', met: () => runs('patchelf') },
  {
    what: "gcc's sanitizers",
    package: 'g++',
    met: () => sanitizerRuntime('libasan.so') && sanitizerRuntime('libtsan.so'),
  },
];

export const valgrindNeeds = [
  { what: 'valgrind', package: 'valgrind', met: () => runs('valgrind') },
];

/** Those that are not met, of what a build and its tests need, and of what else is named. */
export const missingNeeds = (others = []) => [...needs, ...others].filter((need) => !need.met());
