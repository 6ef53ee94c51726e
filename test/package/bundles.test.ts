import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { runChild } from '../support/child.js';
import { startServer } from '../support/server.js';
import { consumer, pack } from './packed.js';

/** A project with the package installed, and a server's address. */
let project: string;
let address: string;
beforeAll(async () => {
  project = consumer(await pack());
  ({ address } = await startServer());
});

/** What a bundle of session.mjs prints. */
async function printed(bundle: string): Promise<string> {
  const { code, stdout, stderr } = await runChild(join(project, bundle), [address]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const SAID = 'hello; ZooKeeper connected; path changed: /greeting\n';

/** What is wrong with a bundle that webpack makes, into bundles/; nothing, if all is well. */
const webpacked = (configuration: webpack.Configuration): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const common = { mode: 'production', target: 'node20', context: project } as const;
    const output = { ...configuration.output, path: join(project, 'bundles') };
    webpack({ ...common, ...configuration, output }, (error, stats) => {
      if (error) reject(error);
      else resolve((stats?.compilation.errors ?? []).map(String));
    });
  });

// Programs that take their time on a busy machine.
describe('a bundle of a program', { timeout: 60_000 }, () => {
  it('by esbuild, as an ES module, with the package left outside', async () => {
    await esbuild.build({
      absWorkingDir: project,
      entryPoints: ['session.mjs'],
      outfile: 'bundles/esbuild.mjs',
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['libzookeeper'],
      logLevel: 'error',
    });
    expect(await printed('bundles/esbuild.mjs')).toBe(SAID);
  });

  it('by esbuild, with the JavaScript of the package in it, and its binaries beside it', async () => {
    await esbuild.build({
      absWorkingDir: project,
      entryPoints: ['session.mjs'],
      outfile: 'app/dist/whole.mjs',
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    // As docs/installing.md says: prebuilds/, or what was built, in the folder above the bundle.
    cpSync(join(project, 'node_modules/libzookeeper/build'), join(project, 'app/build'), {
      recursive: true,
    });
    expect(await printed('app/dist/whole.mjs')).toBe(SAID);
  });

  it('by webpack, as an ES module, with the package left outside', async () => {
    const errors = await webpacked({
      entry: './session.mjs',
      experiments: { outputModule: true },
      output: { filename: 'webpack.mjs', module: true, chunkFormat: 'module' },
      externals: { libzookeeper: 'module libzookeeper' },
    });
    expect(errors).toEqual([]);
    expect(await printed('bundles/webpack.mjs')).toBe(SAID);
  });

  it('by webpack, as CommonJS, with the package left outside', async () => {
    writeFileSync(
      join(project, 'commonjs-session.cjs'),
      "const { connect } = require('libzookeeper');\nconnect(process.argv[2]).then((conn) => conn.close()).then(() => console.log('closed'));\n",
    );
    const errors = await webpacked({
      entry: './commonjs-session.cjs',
      output: { filename: 'webpack.cjs' },
      externals: { libzookeeper: 'commonjs libzookeeper' },
    });
    expect(errors).toEqual([]);
    expect(await printed('bundles/webpack.cjs')).toBe('closed\n');
  });
});
