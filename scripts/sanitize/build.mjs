/** What a sanitizer takes: the C client and the addon compiled with it, and a Node.js that has its runtime. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generated, manifest, source } from '../../deps/layout.mjs';
import { nodedir } from '../build/addon.mjs';
import { stage } from '../release/stage.mjs';
import { identity } from '../support/compiler.mjs';
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';
import { output, run } from '../support/run.mjs';
import { sha256, stampOf, unlessStamped } from '../support/stamp.mjs';

/** Where all of it goes: the ordinary build stays as it is. */
export const place = at('build/sanitize');

/** Symbols, and stacks that can be followed; optimized as far as both allow. */
const FLAGS = ['-g', '-O1', '-fno-omit-frame-pointer'];

const compilers = { CC: 'gcc', CXX: 'g++' };

function stamp(flags) {
  return stampOf(
    [
      ...filesBelow(at('native'), ['.c', '.cc', '.h']),
      ...[at('binding.gyp'), at('deps/c-client.cmake'), at('scripts/build/addon.map')],
      ...Object.keys(manifest.files).map((path) => join(source, path)),
      ...filesBelow(generated, ['.c', '.h']),
    ],
    { compiler: identity([compilers.CXX]), flags },
  );
}

/**
 * The addon with these flags, compiled from a copy of the sources.
 *
 * @param {string} name - of the sanitizer
 * @param {string[]} flags
 * @returns {Promise<string>} the directory that node-gyp-build is to be pointed at
 */
export async function buildWith(name, flags) {
  const directory = join(place, name);
  const common = [...FLAGS, ...flags].join(' ');
  await unlessStamped({
    stampFile: join(place, `${name}.stamp`),
    stamp: stamp(flags),
    outputs: [addonIn(directory)],
    build: async () => {
      stage(name, place);
      const env = {
        ...process.env,
        ...compilers,
        CFLAGS: common,
        CXXFLAGS: common,
        LDFLAGS: flags.join(' '),
      };
      const script = join(directory, 'scripts/build.mjs');
      await run(process.execPath, [script, 'deps', 'addon'], { cwd: directory, env, quiet: true });
    },
  });
  return directory;
}

/** The addon that {@link buildWith} made. */
export const addonIn = (directory) => join(directory, 'build/Release/libzookeeper.node');

/**
 * A copy of Node.js which has a library of gcc's ahead of all others. Preloaded instead, the library would be in Java, too,
 * and in whatever else the tests start.
 */
export async function nodeWith(library) {
  const directory = join(place, 'node', library);
  const node = join(directory, 'node');
  await unlessStamped({
    stampFile: join(place, `node-${library}.stamp`),
    stamp: sha256(readFileSync(process.execPath)),
    outputs: [node],
    build: async () => {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
      copyFileSync(process.execPath, node);
      await run('patchelf', ['--add-needed', soname(library), node], { quiet: true });
    },
  });
  return node;
}

/** The name that programs ask for: of `libasan.so`, which leads to it, `libasan.so.8`. */
function soname(library) {
  const file = output('gcc', [`--print-file-name=${library}`])?.trim() ?? library;
  const [, name] = /SONAME.*\[(.+)\]/.exec(output('readelf', ['--dynamic', file]) ?? '') ?? [];
  return name ?? basename(file);
}

/** Compiles the module that asks LeakSanitizer to look. */
export async function buildLeakCheck(flags) {
  const file = join(place, 'leak-check.node');
  const headers = join(nodedir() ?? '/usr', 'include/node');
  const source = at('scripts/sanitize/leak-check.c');
  mkdirSync(place, { recursive: true });
  const command = ['-shared', '-fPIC', '-g', ...flags, '-I', headers, source, '-o', file];
  await run(compilers.CC, command, { quiet: true });
  return file;
}

/** A program that starts Node.js in another, such as valgrind. */
export function nodeIn(command) {
  const file = join(place, 'node', command[0]);
  mkdirSync(join(place, 'node'), { recursive: true });
  const words = [...command, process.execPath].map((word) => `'${word}'`).join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  return file;
}
