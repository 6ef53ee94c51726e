/**
 * `npm run test:prebuilt`: the tests of `test/runtimes` on this very machine's binary, in a project that the
 * tarball was installed in. The ZooKeeper that it runs against is the system's, or the release in the folder
 * that LIBZOOKEEPER_TEST_SERVER names; or, with LIBZOOKEEPER_TEST_ADDRESS, one that runs already.
 */
import { existsSync } from 'node:fs';
import { pack } from './pack.mjs';
import { host } from './release/targets.mjs';
import { project } from './runtimes/projects.mjs';
import { at } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { Failure, main, step } from './support/step.mjs';

async function withServer(work) {
  const address = process.env.LIBZOOKEEPER_TEST_ADDRESS;
  if (address) return work(address);
  const { Server } = await import(`file://${at('dist/index.js')}`);
  const zkDir = process.env.LIBZOOKEEPER_TEST_SERVER;
  const place = { port: 0, runDir: at('build/prebuilt-server') };
  const server = await Server.create(zkDir ? { ...place, zkDir } : place);
  await server.start();
  try {
    return await work(server.address);
  } finally {
    await server.destroy();
  }
}

await main(async () => {
  if (host === undefined || !existsSync(at(host.file)))
    throw new Failure('there is no binary for this machine: npm run build:prebuilds');
  const { folder } = await project('npm', await pack());
  const tried = (...args) => run(process.execPath, args, { cwd: folder });
  await withServer((address) =>
    step(`smoke test of ${host.name}`, async () => {
      await tried('smoke.mjs', address);
      await tried('network.mjs', address, 'cert.pem', 'key.pem');
    }),
  );
});
