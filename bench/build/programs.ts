import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { at, out } from '../paths.js';
import { run } from './run.js';
import { filesIn, unlessBuilt } from './stamp.js';

const project = at('deps/out/source/zookeeper-client/zookeeper-client-c');
const compiler = process.env['CC'] ?? 'cc';
const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra'];

/** Builds the wire stub. @returns the program */
export async function buildWireStub(): Promise<string> {
  const program = out('wire-stub');
  const files = filesIn(at('bench/wire-stub'), ['.c', '.h']);
  await unlessBuilt(program, { files }, async () => {
    const sources = files.filter((file) => file.endsWith('.c'));
    await run(compiler, [...flags, '-o', program, ...sources]);
  });
  return program;
}

/**
 * Builds the plain C client, as everybody gets it: its own CMake project in its release settings, without our port layer.
 *
 * @returns its static libraries
 */
async function buildPlainCClient(): Promise<string[]> {
  if (!existsSync(project)) {
    throw new Error('the C client is not unpacked: run "npm run build" first');
  }
  const directory = out('plain-c-client');
  const libraries = ['libzookeeper.a', 'libhashtable.a'].map((name) => `${directory}/${name}`);
  const files = [
    ...filesIn(`${project}/src`, ['.c', '.h']),
    ...filesIn(`${project}/generated`, ['.c', '.h']),
    `${project}/CMakeLists.txt`,
  ];
  await unlessBuilt(libraries[0] as string, { files }, async () => {
    const settings = ['WANT_CPPUNIT', 'WITH_OPENSSL', 'WITH_CYRUS_SASL'];
    await run('cmake', [
      '-S',
      project,
      '-B',
      directory,
      '-DCMAKE_BUILD_TYPE=Release',
      '-DCMAKE_C_FLAGS=-D_GNU_SOURCE -w',
      ...settings.map((name) => `-D${name}=OFF`),
    ]);
    const parallel = ['--parallel', String(availableParallelism())];
    await run('cmake', ['--build', directory, '--target', 'zookeeper', ...parallel]);
  });
  return libraries;
}

/** Builds the driver of the plain C client. @returns the program */
export async function buildCDriver(): Promise<string> {
  const libraries = await buildPlainCClient();
  const program = out('c-client');
  const files = filesIn(at('bench/c-client'), ['.c', '.h']);
  await unlessBuilt(program, { files: [...files, ...libraries] }, async () => {
    const sources = files.filter((file) => file.endsWith('.c'));
    const include = [`-I${project}/include`, `-I${project}/generated`, '-DTHREADED'];
    await run(compiler, [
      ...flags,
      ...include,
      '-o',
      program,
      ...sources,
      ...libraries,
      '-lpthread',
      '-lm',
    ]);
  });
  return program;
}
