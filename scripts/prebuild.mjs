/**
 * `npm run build:prebuilds [target …]`: builds the binaries that a release ships, each from a copy of the
 * sources, stripped, into prebuilds/. Without a name: the one of this machine. `--list` names all.
 */
import { mkdirSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureJute } from '../deps/jute.mjs';
import { ensureSources } from '../deps/sources.mjs';
import { nodedir } from './build/addon.mjs';
import { checkAbi } from './check-abi.mjs';
import { splitDebugSymbols } from './release/debug-symbols.mjs';
import { stage } from './release/stage.mjs';
import { host, isBuilt, targets } from './release/targets.mjs';
import { toolchain } from './release/toolchain.mjs';
import { linkForWindows } from './release/windows.mjs';
import { at } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { Failure, main, step } from './support/step.mjs';
import { ensureNodeModules } from './system/node-modules.mjs';

/** The oldest Node.js that we support; any version has the same Node-API. */
const OLDEST = '20.19.0';

/** No path of this machine in what is shipped; and symbols, which are taken out again. */
function flags(directory) {
  if (process.platform === 'win32') return {};
  const common = `-g -ffile-prefix-map=${directory}=. ${process.env.CFLAGS ?? ''}`.trim();
  return { CFLAGS: common, CXXFLAGS: common };
}

async function compile(target, directory, env) {
  await run(process.execPath, [join(directory, 'scripts/build.mjs'), 'deps'], {
    env,
    cwd: directory,
  });
  // node-gyp makes for Windows what it is told to on Windows only.
  if (target.platform === 'win32' && process.platform !== 'win32')
    return linkForWindows(target, directory, env);
  const prebuildify = at('node_modules/prebuildify/bin.js');
  const what = ['--napi', '--name', 'libzookeeper', '--target', OLDEST, '--arch', target.arch];
  const libc = target.libc === undefined ? [] : ['--tag-libc', target.libc];
  const out = ['--out', directory];
  await run(process.execPath, [prebuildify, ...what, ...libc, ...out], { env, cwd: directory });
}

async function prebuild(target) {
  const directory = stage(target.name);
  const tools = toolchain(target, join(directory, 'tools'));
  const headers = nodedir();
  const env = {
    ...process.env,
    ...tools,
    ...flags(directory),
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
    PATH: [at('node_modules/.bin'), process.env.PATH].join(delimiter),
  };
  await compile(target, directory, env);
  const built = join(directory, target.file);
  await splitDebugSymbols(built, target, tools);
  if (target.platform === 'linux') checkAbi([built]);
  mkdirSync(dirname(at(target.file)), { recursive: true });
  renameSync(built, at(target.file));
}

function chosen(names) {
  if (names.length === 0) return [host];
  return names.map((name) => {
    const target = targets.find((candidate) => candidate.name === name);
    if (target !== undefined) return target;
    throw new Failure(`no such target: ${name} (${targets.map((each) => each.name).join(', ')})`);
  });
}

await main(async () => {
  const names = process.argv.slice(2);
  if (names.includes('--list')) {
    for (const target of targets) {
      console.log(`${target.name.padEnd(20)} ${isBuilt(target) ? 'built' : 'missing'}`);
    }
    return;
  }
  await ensureNodeModules();
  await ensureSources();
  await ensureJute();
  for (const target of chosen(names)) await step(`prebuilt ${target.name}`, () => prebuild(target));
});
