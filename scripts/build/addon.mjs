/** Builds native/ into build/Release/libzookeeper.node with node-gyp. */
import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { libraries } from '../../deps/layout.mjs';
import { cxxCompiler, identity } from '../support/compiler.mjs';
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';
import { portVariant } from '../support/port.mjs';
import { run } from '../support/run.mjs';
import { stampOf, unlessStamped } from '../support/stamp.mjs';
import { Failure, step } from '../support/step.mjs';

const addon = at('build/Release/libzookeeper.node');
const recipe = [at('binding.gyp'), at('scripts/build/addon.map')];

/**
 * The prefix of the running Node.js if its headers are installed there, as they are with every
 * official build: node-gyp then downloads nothing. Undefined leaves it to node-gyp.
 */
export function nodedir() {
  const prefixes = [process.config.variables.node_prefix, dirname(dirname(process.execPath))];
  return prefixes.find((prefix) => prefix && existsSync(join(prefix, 'include/node/node_api.h')));
}

/** Ours; or, in an installed package, which has none, that of the npm or pnpm that runs us. */
function nodeGyp() {
  const programs = [at('node_modules/node-gyp/bin/node-gyp.js'), process.env.npm_config_node_gyp];
  const program = programs.find((file) => file && existsSync(file));
  if (program !== undefined) return program;
  throw new Failure('There is no node-gyp: run this as `npm run build:addon`, npm brings one.');
}

/**
 * All that the result depends on. Node-API is the same over versions of Node.js, so that they are
 * not part of it.
 */
function stamp(sources) {
  const headers = filesBelow(at('native'), ['.h']);
  return stampOf([...sources, ...headers, ...recipe, ...libraries], {
    compiler: identity(cxxCompiler()),
    flags: [process.env.CXXFLAGS, process.env.LDFLAGS],
    port: portVariant(),
    platform: process.platform,
    arch: process.arch,
  });
}

async function compile() {
  // make does not know that the addon depends on the static libraries; without the addon it links
  // in any case.
  rmSync(addon, { force: true });
  rmSync(at('build/Release/obj.target/libzookeeper.node'), { force: true });
  const headers = nodedir();
  // With V set, whatever its value, each command of make is printed; without it, the name of each
  // file.
  const { V: _, ...env } = process.env;
  await run(
    process.execPath,
    [
      nodeGyp(),
      ...['configure', 'build', '--release', '--silent', '--jobs', String(availableParallelism())],
      ...(headers === undefined ? [] : ['--nodedir', headers]),
    ],
    { env: { ...env, GYP_DEFINES: `port=${portVariant()}` } },
  );
}

/** Sees to it that the addon is there and up to date. */
export async function buildAddon() {
  await step('addon', () => {
    const sources = filesBelow(at('native'), ['.c', '.cc']);
    if (sources.length === 0) throw new Failure('native/ holds no source file');
    return unlessStamped({
      stampFile: at('build/addon.stamp'),
      stamp: stamp(sources),
      outputs: [addon],
      build: compile,
    });
  });
}
