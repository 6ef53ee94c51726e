/**
 * What was built for musl, tried where there is no Alpine: by Bun's build for musl, which npm has, with the musl of
 * Debian's package. A C++ library for musl Debian does not have; of the little that Bun takes of one, one is linked out of
 * the objects of glibc's, which ask hardly anything of glibc itself (musl-gaps.c).
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../support/paths.mjs';
import { have, output, run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';
import { privateRoot } from './private-root.mjs';
import { programOf } from './runtimes.mjs';

/** By what Node.js calls them. */
const machines = {
  x64: { cpu: 'x86_64', bun: 'x64' },
  arm64: { cpu: 'aarch64', bun: 'aarch64' },
};

/** A tool of the compiler for a machine, ours or another. */
const tool = (arch, name) =>
  arch === process.arch ? name : `${machines[arch].cpu}-linux-gnu-${name}`;

const emulator = (arch) => `/usr/bin/qemu-${machines[arch].cpu}`;

/** Whether this machine has what it takes: a compiler for that one, and, if it is another, an emulator. */
export const canTryMusl = (arch) =>
  have(tool(arch, 'g++')) && (arch === process.arch || existsSync(emulator(arch)));

/** Names of symbols that a file's dynamic table has. */
function symbols(arch, file, ...options) {
  const table = output(tool(arch, 'nm'), ['--dynamic', '--format=just-symbols', ...options, file]);
  if (table === undefined) throw new Failure(`cannot read the symbols of ${file}`);
  return table.split('\n').map((name) => name.replace(/@.*/, ''));
}

/** What a program takes of a C++ library. What describes its types it has as copies, which are not undefined. */
function missing(arch, program, libc) {
  const there = new Set(symbols(arch, libc, '--defined-only'));
  return [
    ...symbols(arch, program, '--undefined-only'),
    ...symbols(arch, program).filter((name) => name.startsWith('_ZTVN10__cxxabiv1')),
  ].filter((name) => name !== '' && !there.has(name));
}

async function linkCxxLibrary(arch, program, libc, directory) {
  const compiler = tool(arch, 'gcc');
  const archive = (name) => output(compiler, [`-print-file-name=${name}`])?.trim();
  mkdirSync(directory, { recursive: true });
  await run(compiler, [
    ...['-shared', '-nostdlib', '-fPIC', '-fno-stack-protector', '-U_FORTIFY_SOURCE', '-w'],
    ...['-o', join(directory, 'libstdc++.so.6'), '-Wl,-soname,libstdc++.so.6'],
    ...missing(arch, program, libc).map((name) => `-Wl,--undefined=${name}`),
    at('scripts/runtimes/musl-gaps.c'),
    ...['-Wl,--start-group', archive('libstdc++.a'), archive('libgcc_eh.a'), archive('libgcc.a')],
    '-Wl,--end-group',
  ]);
}

/** What node-gyp-build has to be told where there is no Alpine. */
export const muslEnvironment = (env) => ({ ...env, LIBC: 'musl' });

/** @returns the command of a Bun for musl, for that machine */
export async function muslBun(arch) {
  const { cpu, bun } = machines[arch];
  const program = await programOf(`@oven/bun-linux-${bun}-musl`, 'latest', 'bin/bun');
  const root = await privateRoot('bookworm', arch, ['musl']);
  const libc = join(root, `lib/${cpu}-linux-musl/libc.so`);
  const directory = at('build/musl', arch);
  await linkCxxLibrary(arch, program, libc, directory);
  const command = [libc, '--library-path', directory, program];
  return arch === process.arch ? command : [emulator(arch), ...command];
}
