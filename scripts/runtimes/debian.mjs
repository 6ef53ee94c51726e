/** The C libraries of Debian's releases. A program is run through the dynamic loader of their private root. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../support/step.mjs';
import { privateRoot } from './private-root.mjs';

/** Suite, and the release's number. */
export const releases = { bullseye: 11, bookworm: 12, trixie: 13 };

const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1'];
const TRIPLE = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch];
/** The dynamic loader among a release's libraries: its place elsewhere is an absolute link. */
const LOADER = /^ld-(linux-.*\.so\.\d|2\.\d+\.so)$/;

/** @returns what to put in front of a command so that it runs with that release's libraries */
export async function underDebian(suite) {
  const root = await privateRoot(suite, process.arch, PACKAGES);
  const libraries = ['lib', 'usr/lib']
    .map((path) => join(root, path, TRIPLE))
    .filter((path) => existsSync(path));
  const loaders = libraries.flatMap((path) =>
    readdirSync(path)
      .filter((name) => LOADER.test(name))
      .map((name) => join(path, name)),
  );
  const loader = loaders.find((file) => existsSync(file));
  if (loader === undefined) throw new Failure(`${suite} has no dynamic loader`);
  return [loader, '--library-path', libraries.join(':')];
}
