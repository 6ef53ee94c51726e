import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runChild, startChild } from '../support/child.js';
import { startServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';
import { ensurePeer } from './peer/ensure.mjs';

/* Programs that run on either, with nothing changed but the import: ours in examples/compat, and the original's own. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const apps = join(root, 'examples/compat');

let peer: string;
/** A server for each: what one of them leaves behind is not for the other. */
let servers: { readonly original: string; readonly ours: string };
beforeAll(async () => {
  peer = await ensurePeer();
  const [original, ours] = await Promise.all([startServer(), startServer()]);
  servers = { original: original.address, ours: ours.address };
}, 300_000);

/** Runs one of our programs, with its import as it is or switched. */
async function run(directory: string, program: string, server: string): Promise<string> {
  const { code, stdout, stderr } = await runChild(join(directory, program), [server]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** A copy of our programs with the import switched, below build/, from where both modules are found. */
function switched(specifier: string): string {
  const copy = join(peer, '../../examples');
  cpSync(apps, copy, { recursive: true });
  const client = join(copy, 'client.ts');
  const text = readFileSync(client, 'utf8');
  expect(text).toContain("from 'libzookeeper/compat'");
  writeFileSync(client, text.replace("from 'libzookeeper/compat'", `from '${specifier}'`));
  writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
  return copy;
}

describe('a worker pool, with leader election', () => {
  const output = [
    'ada leads',
    'done: ONE TWO THREE FOUR',
    'grace leads',
    'done: ONE TWO THREE FOUR FIVE SIX',
    '',
  ].join('\n');

  it('on ours', async () => {
    expect(await run(apps, 'worker-pool.ts', servers.ours)).toBe(output);
  });

  it('on the original', async () => {
    expect(await run(switched('zookeeper'), 'worker-pool.ts', servers.original)).toBe(output);
  });
});

describe('a service registry', () => {
  const output = [
    'search is at 10.0.0.1:80',
    'search is at 10.0.0.1:80 and 10.0.0.2:80',
    'search is at 10.0.0.1:80 and 10.0.0.3:80',
    'search is at 10.0.0.3:80',
    'search is at no address',
    '',
  ].join('\n');

  it('on ours', async () => {
    expect(await run(apps, 'service-registry.ts', servers.ours)).toBe(output);
  });

  it('on the original', async () => {
    expect(await run(switched('zookeeper'), 'service-registry.ts', servers.original)).toBe(output);
  });
});

describe("the original's own examples", () => {
  /** They require('../lib/index'), which gives them one or the other. */
  function examples(module: string): string {
    const directory = newDirectory();
    cpSync(join(peer, 'examples'), join(directory, 'examples'), { recursive: true });
    mkdirSync(join(directory, 'lib'));
    const code = `module.exports = require(${JSON.stringify(module)});`;
    writeFileSync(join(directory, 'lib/index.js'), code);
    return join(directory, 'examples');
  }

  /** They never end: runs one until it has said all that, and gives its lines, without what differs each time. */
  async function lines(module: string, name: string, server: string, last: RegExp) {
    const child = startChild(join(examples(module), name), [server]);
    await child.output(last);
    child.kill();
    await child.done;
    return child.stdout
      .replace(/\b[\da-f]{15,16}\b/g, '<session>')
      .replace(/-\d{13}\b/g, '-<time>')
      .replace(/"([a-z])zxid":\d+/g, '"$1zxid":<zxid>')
      .replace(/([a-z])zxid: \d+/g, '$1zxid: <zxid>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')
      .trimEnd()
      .split('\n');
  }

  /** What is said last by one part may come ahead of what another says. */
  async function compare(name: string, last: RegExp): Promise<void> {
    const [original, own] = await Promise.all([
      lines(peer, name, servers.original, last),
      lines(join(root, 'dist/compat/index.js'), name, servers.ours, last),
    ]);
    expect(own?.sort()).toEqual(original?.sort());
  }

  it('acl.js', async () => {
    await compare('acl.js', /after: [\s\S]*\]/);
  });

  it('index.js: master, workers, tasks, listeners', async () => {
    await compare('index.js', /Does .* exist now\? true\n/);
  });
});
