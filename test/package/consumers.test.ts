import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as libzookeeper from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { startServer } from '../support/server.js';
import { consumer, pack, root } from './packed.js';

/** A project that uses the package. */
let project: string;
beforeAll(async () => {
  project = consumer(await pack());
});

/** What a script of the project prints; it ended well, and nothing of it went to stderr. */
async function printed(script: string, ...args: string[]): Promise<string> {
  const { code, signal, stdout, stderr } = await runChild(join(project, script), args);
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  return stdout;
}

describe('a project that has the package installed', () => {
  const names = Object.keys(libzookeeper).sort();

  it('can import it', async () => {
    expect(JSON.parse(await printed('import.mjs'))).toEqual(names);
  });

  it('can require it, and gets the same', async () => {
    const required: string[] = JSON.parse(await printed('require.cjs'));
    expect(required.filter((name) => name !== '__esModule')).toEqual(names);
  });

  it('cannot import its insides', async () => {
    expect(await printed('private.mjs')).toBe('');
  });

  it('can use it', async () => {
    const { address } = await startServer();
    expect(await printed('session.mjs', address)).toBe(
      'hello; ZooKeeper connected; path changed: /greeting\n',
    );
  });

  /** What a compiler says of the project, which has the README's lines in it. */
  async function compiled(typescript: string, ...options: string[]): Promise<string> {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, lines = ''] = /```[jt]s\n(.*?)```/s.exec(readme) ?? [];
    expect(lines).toMatch(/import .* from 'libzookeeper'/);
    writeFileSync(join(project, 'readme.ts'), lines);
    const tsc = join(root, 'node_modules', typescript, 'bin/tsc');
    const args = ['--project', project, ...options];
    const { stdout, stderr } = await runChild(tsc, args, { timeout: 60_000 });
    return `${stdout}${stderr}`;
  }

  it('can do so in TypeScript 5.8, in CommonJS, too, with the strictest settings', async () => {
    expect(await compiled('typescript-oldest')).toBe('');
  }, 60_000);

  it('can do so in the newest TypeScript, without and with skipLibCheck', async () => {
    expect(await compiled('typescript-newest')).toBe('');
    expect(await compiled('typescript-newest', '--skipLibCheck')).toBe('');
  }, 60_000);
});

describe('Conn', () => {
  it('cannot be constructed: it is made by dial, redial and connect', () => {
    const before = libzookeeper.countPendingWatches();
    const construct = (...args: unknown[]) => Reflect.construct(libzookeeper.Conn, args);
    for (const args of [[], [undefined], ['127.0.0.1:1'], [{}]]) {
      expect(() => construct(...args)).toThrow(
        new TypeError('a Conn is made by dial(), redial() or connect()'),
      );
    }
    expect(libzookeeper.countPendingWatches()).toBe(before);
  });

  it('is what these three give', async () => {
    const conn = libzookeeper.dial('127.0.0.1:1');
    expect(conn).toBeInstanceOf(libzookeeper.Conn);
    await conn.close();
  });
});
