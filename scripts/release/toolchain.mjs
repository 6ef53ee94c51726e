/**
 * How each target is compiled on this machine: by the compiler that is here anyway, by Debian's cross
 * compiler, or, for another C library or system, by zig, which brings each of them, and a C++ library.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { have } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';
import { host } from './targets.mjs';

/** Names zig's executable, where it is not on the PATH. */
export const ZIG_VARIABLE = 'LIBZOOKEEPER_ZIG';

const PROCESSOR = { x64: 'x86_64', arm64: 'aarch64' };

const gcc = (prefix) => ({
  CC: `${prefix}gcc`,
  CXX: `${prefix}g++`,
  AR: `${prefix}ar`,
  STRIP: `${prefix}strip`,
  OBJCOPY: `${prefix}objcopy`,
});

/** node-gyp, CMake and make each have a way of their own to split a command; a script has one. */
function script(directory, name, command) {
  const file = join(directory, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** What zig calls the systems. */
const SYSTEM = { linux: 'linux-musl', win32: 'windows-gnu' };

function zig({ arch, name, platform }, directory) {
  const program = process.env[ZIG_VARIABLE] || 'zig';
  if (!existsSync(program) && !have(program)) {
    throw new Failure(
      `${name} needs zig 0.11 or newer here: put it on the PATH, or name it in ${ZIG_VARIABLE}.`,
    );
  }
  const triple = `${PROCESSOR[arch]}-${SYSTEM[platform]}`;
  const binutils = arch === process.arch ? '' : `${PROCESSOR[arch]}-linux-gnu-`;
  return {
    CC: script(directory, 'cc', `${program} cc -target ${triple}`),
    CXX: script(directory, 'c++', `${program} c++ -target ${triple}`),
    AR: script(directory, 'ar', `${program} ar`),
    DLLTOOL: script(directory, 'dlltool', `${program} dlltool`),
    STRIP: `${binutils}strip`,
    OBJCOPY: `${binutils}objcopy`,
  };
}

/** CMake has to be told that what it compiles does not run here. */
function cmakeFile({ arch, platform }, tools, directory) {
  const file = join(directory, 'toolchain.cmake');
  // As CMake knows it, Windows takes a compiler of resources, too, of which there are none.
  const system =
    platform === 'linux'
      ? ['set(CMAKE_SYSTEM_NAME Linux)']
      : [
          'set(CMAKE_SYSTEM_NAME Generic)',
          'set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)',
          'set(LIBZOOKEEPER_WINDOWS TRUE)',
        ];
  const lines = [
    ...system,
    `set(CMAKE_SYSTEM_PROCESSOR ${PROCESSOR[arch]})`,
    `set(CMAKE_C_COMPILER ${tools.CC})`,
    `set(CMAKE_CXX_COMPILER ${tools.CXX})`,
  ];
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/**
 * The environment that a target is compiled in; `directory` is for what has to be written for it.
 *
 * @throws Failure if this machine has no compiler for it
 */
export function toolchain(target, directory) {
  if (target === host) return {};
  const cannot = (why) => new Failure(`${target.name} cannot be built here: ${why}`);
  if (!Object.hasOwn(SYSTEM, target.platform) || process.platform !== 'linux')
    throw cannot(`it takes a machine with ${target.platform}`);
  if (target.libc === 'glibc' && host.libc !== 'glibc') throw cannot('it takes glibc');
  if (target.platform === 'win32') return withCmake(target, zig(target, directory), directory);
  const prefix = `${PROCESSOR[target.arch]}-linux-gnu-`;
  if (target.arch !== process.arch && !have(`${prefix}g++`))
    throw cannot(`it takes ${prefix}g++ (Debian: g++-${prefix.slice(0, -1).replace('_', '-')})`);
  const tools = target.libc === 'musl' ? zig(target, directory) : gcc(prefix);
  return withCmake(target, tools, directory);
}

const withCmake = (target, tools, directory) => ({
  ...tools,
  CMAKE_TOOLCHAIN_FILE: cmakeFile(target, tools, directory),
});
