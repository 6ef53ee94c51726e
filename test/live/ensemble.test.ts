import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect, Ensemble, NotRunningError, Server, type ServerMember } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../support/address.js';
import { startEnsemble, type TestEnsemble } from '../support/ensemble.js';
import { fourLetterWord } from '../support/four-letter-word.js';
import { newDirectory } from '../support/workspace.js';

describe('an ensemble', () => {
  let ensemble: TestEnsemble;
  beforeAll(async () => {
    ensemble = await startEnsemble();
  });

  const modes = () =>
    Promise.all(
      ensemble.members.map(async ({ address }) => {
        const answer = await fourLetterWord(address, 'srvr');
        return /^Mode: (.*)$/m.exec(answer)?.[1];
      }),
    );

  it('is three servers with a leader, once it has started', async () => {
    expect((await modes()).sort()).toEqual(['follower', 'follower', 'leader']);
  });

  it('keeps one set of data, whichever server one talks to', async () => {
    const [first, second] = await Promise.all(
      [0, 1].map((index) => connect(ensemble.members[index]?.address ?? '')),
    );
    await first?.create('/shared', 'by all');
    await second?.sync('/shared');
    expect((await second?.get('/shared', { encoding: 'utf8' }))?.data).toBe('by all');
    await first?.close();
    await second?.close();
  });

  it('goes on with two of its servers, and starts the third again with the rest', async () => {
    const { members } = ensemble.ensemble;
    await members[0]?.server.stop();
    const conn = await connect(ensemble.address);
    await conn.create('/two', 'are enough');
    await ensemble.ensemble.start();
    await expect(members[0]?.server.process()).resolves.toBeDefined();
    await conn.close();
  });

  it('is one of any size, each server in a directory of its own', async () => {
    const pair = await Ensemble.create({ runDir: newDirectory(), size: 2 });
    expect(pair.members.map(({ id }) => id)).toEqual([1, 2]);
    expect(pair.address).toBe(pair.members.map(({ server }) => server.address).join(','));
    for (const { id, server, specification } of pair.members) {
      expect(server.runDir).toBe(join(pair.runDir, String(id)));
      expect(await readFile(join(server.runDir, 'data', 'myid'), 'utf8')).toBe(`${id}\n`);
      const known = await readFile(join(server.runDir, 'zoo.cfg.dynamic'), 'utf8');
      expect(known.split('\n')).toContain(specification);
      expect(specification).toMatch(
        new RegExp(`^server\\.${id}=127\\.0\\.0\\.1:\\d+:\\d+:participant;${server.address}$`),
      );
    }
    await pair.destroy();
  });

  it('is gone when it was destroyed', async () => {
    let runDir = '';
    let server: Server | undefined;
    {
      await using brief = await Ensemble.create({ runDir: newDirectory(), size: 1 });
      await brief.start();
      runDir = brief.runDir;
      server = brief.members[0]?.server;
    }
    expect(existsSync(runDir)).toBe(false);
    await expect(server?.process()).rejects.toThrow(NotRunningError);
  });

  it('is not made in a directory that has something in it', async () => {
    await expect(Ensemble.create({ runDir: ensemble.ensemble.runDir })).rejects.toThrow(
      /is not empty/,
    );
  });

  it('leaves nothing running when one of its servers does not start', async () => {
    const broken = await Ensemble.create({ runDir: newDirectory(), size: 2 });
    const [first, second] = broken.members.map(({ server }) => server);
    const taken = createServer();
    const { host, port } = parseAddress(second?.address ?? '');
    await new Promise<void>((resolve) => taken.listen(port, host, resolve));
    await expect(broken.start()).rejects.toThrow(`${second?.address} is in use`);
    await expect(first?.process()).rejects.toThrow(NotRunningError);
    taken.close();
    await broken.destroy();
  });

  it.each([
    [{}, /runDir must be a string/],
    [{ runDir: '' }, /runDir must not be empty/],
    [{ runDir: 'x', size: 0 }, /size must be an integer between 1 and 9, not 0/],
    [{ runDir: 'x', size: '3' }, /size must be a number, not string/],
    [undefined, /options must be an object/],
  ])('refuses %j', async (options, message) => {
    await expect(Ensemble.create(options as { runDir: string })).rejects.toThrow(message);
  });

  it.each([
    [null, /member must be an object, not null/],
    [{ id: 0, ensemble: [] }, /member.id must be an integer between 1 and 255, not 0/],
    [{ id: 1, ensemble: 'x' }, /member.ensemble must be an array, not string/],
    [{ id: 1, ensemble: ['server.1=a\nb'] }, /member.ensemble\[0\] must be like server.1=/],
  ])('has members that are no %j', async (member, message) => {
    const options = { port: 0, runDir: newDirectory(), member: member as unknown as ServerMember };
    await expect(Server.create(options)).rejects.toThrow(message);
  });
});
