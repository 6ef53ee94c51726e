/** What installing takes: ours, and the two other clients, with no script run, then as npm would by default. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { project } from './projects.mjs';

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Whether the client can be loaded in the folder that it was installed in. */
async function loads(folder, name) {
  const script = `await import(${JSON.stringify(name)})`;
  const args = ['--input-type=module', '--eval', script];
  const code = await run(process.execPath, args, { cwd: folder, quiet: true, check: false });
  return code === 0 ? 'yes' : 'no';
}

export async function printPeers(tarball) {
  const rows = [['client', 'installed in', 'on disk', 'can be loaded']];
  for (const [name, what] of [
    ['libzookeeper', tarball],
    ['zookeeper', 'zookeeper@7.3.0'],
    ['node-zookeeper-client', 'node-zookeeper-client@1.1.3'],
  ]) {
    const { folder, took, size } = await project('npm', what, `peer-${name}`);
    rows.push([name, seconds(took), megabytes(size), await loads(folder, name)]);
  }
  for (const row of rows) console.log(row.map((cell) => cell.padEnd(24)).join(''));
  rmSync(join(at('build/projects'), 'peer-zookeeper'), { recursive: true, force: true });
}
