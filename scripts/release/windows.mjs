/**
 * The addon for Windows, compiled elsewhere by zig's clang: to see that native/ compiles and links for it, and to run it
 * under wine. What a release ships is built on Windows, by node-gyp; the sources and their settings are the same.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build, generated, project } from '../../deps/layout.mjs';
import { nodedir } from '../build/addon.mjs';
import { nativeSources } from '../build/native-sources.mjs';
import { at, root } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

/** As `dlltool` calls the processors. */
const MACHINE = { x64: 'i386:x86-64', arm64: 'arm64' };

/** What binding.gyp says for Windows, in the copy of the sources that is in `directory`. */
function flags(directory) {
  const inCopy = (path) => join(directory, relative(root, path));
  const headers = nodedir();
  if (headers === undefined)
    throw new Failure('there are no headers of Node.js beside it, which OpenSSL is declared in');
  const includes = [
    at('native/port/windows/include'),
    at('native'),
    at('native/port/cyrus'),
    join(project, 'include'),
    join(project, 'src'),
    generated,
    join(build, 'include'),
  ].map(inCopy);
  const defines = ['NAPI_VERSION=8', 'THREADED', 'USE_STATIC_LIB', 'HAVE_CYRUS_SASL_H'];
  return [
    ...[
      '-O2',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-include',
      inCopy(at('native/port/windows/posix.h')),
    ],
    ...[...includes, join(headers, 'include/node')].map((path) => `-I${path}`),
    ...[...defines, 'BUILDING_NODE_EXTENSION'].map((name) => `-D${name}`),
    ...(process.env.LIBZOOKEEPER_PORT === 'plain' ? ['-DLIBZOOKEEPER_PORT_PLAIN'] : []),
  ];
}

/** The functions that node.exe has: what Node-API lists of itself. */
async function importLibrary(target, directory, env) {
  const exported = ['js_native_api', 'node_api'].flatMap((name) =>
    readFileSync(at(`node_modules/node-api-headers/def/${name}.def`), 'utf8')
      .split('\n')
      .filter((line) => /^napi_|^node_api_/.test(line)),
  );
  const definition = join(directory, 'node.def');
  writeFileSync(definition, `LIBRARY node.exe\nEXPORTS\n${exported.join('\n')}\n`);
  const library = join(directory, 'libnode.a');
  await run(env.DLLTOOL, ['-m', MACHINE[target.arch], '-d', definition, '-l', library]);
  return library;
}

/** Some at a time, as many as there are processors. */
async function eachInTurn(items, work) {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** Compiles and links it, out of the copy of the sources in `directory`, in which the C client was built. */
export async function linkForWindows(target, directory, env) {
  const given = flags(directory);
  const objects = [];
  await eachInTurn(nativeSources('win32'), async (source) => {
    const object = join(directory, 'build/windows', `${source.replaceAll(/[/\\]/g, '_')}.o`);
    objects.push(object);
    mkdirSync(dirname(object), { recursive: true });
    const [compiler, standard] = source.endsWith('.c') ? [env.CC, []] : [env.CXX, ['-std=c++17']];
    const what = ['-c', join(directory, source), '-o', object];
    await run(compiler, [...standard, ...given, ...what], { quiet: true });
  });
  const out = join(directory, target.file);
  mkdirSync(dirname(out), { recursive: true });
  const libraries = ['libzookeeper.a', 'libhashtable.a'].map((name) =>
    join(directory, relative(root, build), name),
  );
  const node = await importLibrary(target, directory, env);
  const linked = ['-shared', '-s', '-o', out, ...objects.sort(), ...libraries, node, '-lws2_32'];
  await run(env.CXX, linked, { quiet: true });
}
