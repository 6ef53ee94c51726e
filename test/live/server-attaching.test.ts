import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, NotRunningError, Server } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { fourLetterWord } from '../support/four-letter-word.js';
import { create, inAnotherProcess, mine, serversOf } from '../support/own-servers.js';
import { startServer, type TestServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

describe('attaching', () => {
  it('controls the same server from another process, which need not stay', async () => {
    const server = await create();
    await server.start();
    const { pid } = await server.process();

    expect(await inAnotherProcess(server.runDir, 'process', 'stop')).toEqual([{ pid }, null]);
    await expect(server.process()).rejects.toThrow(NotRunningError);

    const [, restarted] = await inAnotherProcess(server.runDir, 'start', 'process');
    expect(await server.process()).toEqual(restarted);
    expect(await fourLetterWord(server.address, 'ruok')).toBe('imok');
    await server.stop();
    expect(serversOf(server.runDir)).toEqual([]);
  });

  it('keeps the data over stop and start, whoever does them', async () => {
    const server = mine(await startServer());
    await write(server, '/kept', 'by a stop');
    await inAnotherProcess(server.runDir, 'stop', 'start');
    expect(await read(server, '/kept')).toBe('by a stop');
  });

  it('keeps the data of a server that was killed', async () => {
    const server = mine(await startServer());
    await write(server, '/kept', 'by a kill');
    await server.kill();
    await server.start();
    expect(await read(server, '/kept')).toBe('by a kill');
  });

  it('fails for a directory without a server, naming it', async () => {
    const runDir = newDirectory();
    const message = `"${runDir}" is not a run directory made by Server.create: there is no server.json`;
    await expect(Server.attach(runDir)).rejects.toThrow(message);
    await mkdir(runDir);
    await expect(Server.attach(runDir)).rejects.toThrow(message);
  });

  it.each(['', '{', 'null', '{"port":"x"}', '{"port":1,"zkDir":7}'])(
    'fails for a directory whose server.json is %j',
    async (text) => {
      const { runDir } = await create();
      const settings = await readFile(join(runDir, 'server.json'));
      await writeFile(join(runDir, 'server.json'), text);
      await expect(Server.attach(runDir)).rejects.toThrow(`"${runDir}" is not a run directory`);
      await writeFile(join(runDir, 'server.json'), settings);
    },
  );

  it.each([undefined, 7, '', 'a\0b'])('refuses the path %j', async (path) => {
    await expect(Server.attach(path as string)).rejects.toThrow(/^runDir must/);
  });
});

describe('destroying', () => {
  it('stops the server and removes its directory; twice is fine', async () => {
    const server = await create();
    await server.start();
    await server.destroy();
    expect(existsSync(server.runDir)).toBe(false);
    expect(serversOf(server.runDir)).toEqual([]);
    await server.destroy();
    await server.stop();
    await expect(server.process()).rejects.toThrow(NotRunningError);
    await expect(server.start()).rejects.toThrow(
      `the run directory "${server.runDir}" does not exist`,
    );
  });

  it('is what `await using` does to a server that was created', async () => {
    const server = await create();
    await server.start();
    await server[Symbol.asyncDispose]();
    expect(existsSync(server.runDir)).toBe(false);
    await server[Symbol.asyncDispose]();
  });

  it('is not what it does to one that was attached: that is as it was before', async () => {
    const server = await create();
    const starter = await Server.attach(server.runDir);
    await starter.start();
    const bystander = await Server.attach(server.runDir);
    await bystander[Symbol.asyncDispose]();
    await expect(server.process()).resolves.toMatchObject({});
    await starter[Symbol.asyncDispose]();
    await expect(server.process()).rejects.toThrow(NotRunningError);
    expect(existsSync(server.runDir)).toBe(true);
  });
});

async function write(server: TestServer, path: string, data: string): Promise<void> {
  const conn = await connect(server.address);
  await conn.create(path, data);
  await conn.close();
}

async function read(server: TestServer, path: string): Promise<string> {
  const conn = await connect(server.address);
  const { data } = await conn.get(path, { encoding: 'utf8' });
  await conn.close();
  return data;
}
