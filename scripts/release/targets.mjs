/**
 * What a release is made of: a binary for each of these. `name` is also how node-gyp-build finds it:
 * `prebuilds/<platform>-<arch>/libzookeeper[.<libc>].node`.
 */
import { existsSync } from 'node:fs';
import { at } from '../support/paths.mjs';

const linux = ['glibc', 'musl'].flatMap((libc) =>
  ['x64', 'arm64'].map((arch) => ({ platform: 'linux', arch, libc })),
);
const others = ['darwin', 'win32'].flatMap((platform) =>
  ['x64', 'arm64'].map((arch) => ({ platform, arch })),
);

/** All of them, in the order in which they are listed everywhere. No release is made without one of them. */
export const targets = [...linux, ...others].map((target) => ({
  ...target,
  name: [target.platform, target.arch, target.libc].filter(Boolean).join('-'),
  file: `prebuilds/${target.platform}-${target.arch}/${['libzookeeper', target.libc, 'node'].filter(Boolean).join('.')}`,
}));

/** The C library of the machine that this runs on; undefined where there is no choice. */
function hostLibc() {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** The target that is built without a cross compiler here. */
export const host = targets.find(
  ({ platform, arch, libc }) =>
    platform === process.platform && arch === process.arch && libc === hostLibc(),
);

/** Whether a target has been built. */
export const isBuilt = ({ file }) => existsSync(at(file));
