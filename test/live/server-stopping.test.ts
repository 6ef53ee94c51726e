import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotRunningError, Server } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { bystander, create, mine, pidOf, serversOf } from '../support/own-servers.js';
import { createServer as createTestServer, startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

describe('stopping', () => {
  it('is gentle: the server ends by itself, well before it would be killed', async () => {
    const server = await create();
    await server.start();
    const started = performance.now();
    await server.stop();
    expect(performance.now() - started).toBeLessThan(4000);
    expect(serversOf(server.runDir)).toEqual([]);
    expect(await readdir(server.runDir)).not.toContain('server.pid');
  });

  it('does nothing to a server that was never started, or is stopped already', async () => {
    const server = await create();
    await server.stop();
    await server.start();
    await server.stop();
    await server.stop();
  });

  it('kills a paused server after a few seconds', async () => {
    const server = mine(await startServer());
    await server.pause();
    const started = performance.now();
    await server.stop();
    expect(performance.now() - started).toBeGreaterThan(4000);
    expect(performance.now() - started).toBeLessThan(9000);
    expect(serversOf(server.runDir)).toEqual([]);
  });

  it('of several at the same time is fine', async () => {
    const server = await create();
    await server.start();
    const other = await Server.attach(server.runDir);
    await Promise.all([server.stop(), other.stop(), server.stop()]);
    expect(serversOf(server.runDir)).toEqual([]);
  });
});

describe('the process', () => {
  it('is not there once it is stopped: NotRunningError says so', async () => {
    const server = await create();
    await server.start();
    await server.stop();
    const error: unknown = await server.process().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NotRunningError);
    expect(error).toMatchObject({
      name: 'NotRunningError',
      message: `no ZooKeeper server is running in "${server.runDir}"`,
    });
  });

  it('is not there when it was killed, though its pid file is; start brings it back', async () => {
    const server = await create();
    await server.start();
    const { pid } = await server.process();
    process.kill(pid, 'SIGKILL');
    await waitFor(async () => (await pidOf(server)) === null, { what: 'it is gone' });
    expect(await readFile(join(server.runDir, 'server.pid'), 'utf8')).toBe(`${pid}\n`);
    await server.stop();
    await server.start();
    expect((await server.process()).pid).not.toBe(pid);
  });

  it.each([
    ['empty', ''],
    ['garbage', 'garbage'],
    ['binary', '\0\xff\n'],
    ['0', '0'],
    ['negative', '-1'],
    ['too large for a process id', '99999999999999999999'],
  ])('is not there, and nothing is stopped, when the pid file is %s', async (_what, text) => {
    const server = await create();
    await writeFile(join(server.runDir, 'server.pid'), text);
    await expect(server.process()).rejects.toThrow(NotRunningError);
    await server.stop();
  });

  it.each([
    ['empty', ''],
    ['garbage', 'garbage'],
    ['of a process that is no more', '2147483647'],
  ])('is started in spite of a pid file that is %s', async (_what, text) => {
    const server = mine(await createTestServer()).server;
    await writeFile(join(server.runDir, 'server.pid'), text);
    await server.start();
    expect(serversOf(server.runDir)).toEqual([(await server.process()).pid]);
  });

  it('is no other program that has its process id by now: it is neither counted nor killed', async () => {
    const server = mine(await createTestServer()).server;
    // One that has to do with the directory, even.
    const other = await bystander(server.runDir, join(server.runDir, 'zoo.cfg'));
    await writeFile(join(server.runDir, 'server.pid'), String(other.pid));
    await expect(server.process()).rejects.toThrow(NotRunningError);
    await server.stop();
    await server.start();
    await server.stop();
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill('SIGKILL');
  });

  it.each(['dead', 'a file'])('is started in spite of a lock left by: %s', async (left) => {
    const server = mine(await createTestServer()).server;
    const lock = join(server.runDir, 'start.lock');
    if (left === 'a file') await writeFile(lock, '');
    else await symlink('2147483647', lock);
    await server.start();
    expect(await readdir(server.runDir)).not.toContain('start.lock');
  });
});
