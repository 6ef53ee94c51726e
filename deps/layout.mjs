/** Where the C client's parts are kept and built; all of it below `deps/out`, which git ignores. */
import { readFileSync } from 'node:fs';
import { at } from '../scripts/support/paths.mjs';

/**
 * What is pinned: the release, where it comes from, and the hash of every file of it that the build
 * reads.
 */
export const manifest = JSON.parse(readFileSync(at('deps/manifest.json'), 'utf8'));

/** All that is downloaded, unpacked, generated and built. Deleting it is always safe. */
export const out = at('deps/out');

/** The archive, kept so that unpacking again needs no network. */
export const archive = at('deps/out', `zookeeper-${manifest.version}.tar.gz`);

/** The unpacked files of the manifest, at the paths that they have in the release. */
export const source = at('deps/out/source');

/** The C client's own CMake project. */
export const project = at('deps/out/source/zookeeper-client/zookeeper-client-c');

/** The protocol's records in C, made by ZooKeeper's record compiler. */
export const generated = at('deps/out/source/zookeeper-client/zookeeper-client-c/generated');

/** CMake's build directory, with the static libraries. */
export const build = at('deps/out/build');

/** What the addon links. c-client.cmake gives them the same names and place on Windows. */
export const libraries = ['libzookeeper', 'libhashtable'].map((name) =>
  at('deps/out/build', `${name}.${process.platform === 'win32' ? 'lib' : 'a'}`),
);
