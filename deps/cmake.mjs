/** Builds the C client's static libraries with cmake-js, out of its own CMake project. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cCompiler, identity } from '../scripts/support/compiler.mjs';
import { filesBelow } from '../scripts/support/files.mjs';
import { at } from '../scripts/support/paths.mjs';
import { portVariant } from '../scripts/support/port.mjs';
import { have, run } from '../scripts/support/run.mjs';
import { stampOf, unlessStamped } from '../scripts/support/stamp.mjs';
import { Failure } from '../scripts/support/step.mjs';
import { build, generated, libraries, manifest, out, project, source } from './layout.mjs';

const portDirectory = at('native/port');
const portHeader = join(portDirectory, 'port.h');
const options = at('deps/c-client.cmake');
const windowsOptions = at('deps/windows.cmake');
const cmakeJs = at('node_modules/cmake-js/bin/cmake-js');

/** The project's settings. It does not look for OpenSSL and SASL, which c-client.cmake gives it. */
const SETTINGS = { WANT_CPPUNIT: 'OFF', WITH_OPENSSL: 'OFF', WITH_CYRUS_SASL: 'OFF' };

/** All that the result depends on. */
function stamp() {
  const headers = filesBelow(at('native/port'), ['.h']);
  const sources = [
    ...Object.keys(manifest.files).map((path) => join(source, path)),
    ...filesBelow(generated, ['.c', '.h']),
  ];
  return stampOf([...sources, ...headers, options, windowsOptions], {
    settings: SETTINGS,
    port: portVariant(),
    compiler: identity(cCompiler()),
    flags: process.env.CFLAGS,
    platform: process.platform,
    arch: process.arch,
  });
}

/**
 * cmake-js reads the package.json beside the CMakeLists.txt: with `napi_versions` in it, it asks
 * for no headers of Node.js, which it would download, and which the C client has no use for.
 */
function tellCmakeJs() {
  const { binary } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  writeFileSync(join(project, 'package.json'), `${JSON.stringify({ private: true, binary })}\n`);
}

/** As CMake wants paths, on Windows, too. */
const slashed = (path) => path.replaceAll('\\', '/');

async function compile() {
  tellCmakeJs();
  // From scratch: everything depends on the port layer's header, and CMake would remember a
  // compiler that has changed.
  rmSync(build, { recursive: true, force: true });
  mkdirSync(build, { recursive: true });
  const definitions = {
    ...SETTINGS,
    CMAKE_PROJECT_zookeeper_INCLUDE: slashed(options),
    // Of Microsoft's compiler: lets windows.cmake choose the C library that it links.
    CMAKE_POLICY_DEFAULT_CMP0091: 'NEW',
    LIBZOOKEEPER_PORT_HEADER: slashed(portHeader),
    LIBZOOKEEPER_PORT: portVariant(),
    LIBZOOKEEPER_PORT_DIRECTORY: slashed(portDirectory),
  };
  const jobs = String(availableParallelism());
  if (existsSync(cmakeJs)) await withCmakeJs(definitions, jobs);
  else await withCmake(definitions, jobs);
}

async function withCmakeJs(definitions, jobs) {
  const place = ['--directory', project, '--out', build];
  const manner = ['--config', 'Release', '--prefer-make', '--log-level', 'warn'];
  const command = (name, ...more) =>
    run(process.execPath, [cmakeJs, name, ...place, ...manner, ...more], { quiet: true });
  const given = Object.entries(definitions).map(([key, value]) => `--CD${key}=${value}`);
  await command('configure', ...given);
  await command('build', '--target', 'zookeeper', '--parallel', jobs);
}

/** What cmake-js comes to, for an installed package, which has no development dependencies. */
async function withCmake(definitions, jobs) {
  if (!have('cmake'))
    throw new Failure('To build the C client takes cmake, a C++17 compiler, make and Python 3.');
  const given = Object.entries(definitions).map(([key, value]) => `-D${key}=${value}`);
  const type = '-DCMAKE_BUILD_TYPE=Release';
  await run('cmake', ['-S', project, '-B', build, type, ...given], { quiet: true });
  const what = ['--build', build, '--config', 'Release', '--target', 'zookeeper'];
  await run('cmake', [...what, '--parallel', jobs], { quiet: true });
}

/** Sees to it that the static libraries are there and up to date. */
export async function ensureLibraries() {
  if (!existsSync(portHeader)) {
    throw new Failure(
      `${portHeader} is missing: the C client is compiled through the port layer, never without it`,
    );
  }
  return unlessStamped({
    stampFile: join(out, 'c-client.stamp'),
    stamp: stamp(),
    outputs: [...libraries, join(build, 'include/config.h')],
    build: compile,
  });
}
