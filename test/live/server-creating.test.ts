import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotRunningError, Server, type ServerOptions } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { create } from '../support/own-servers.js';
import { newDirectory } from '../support/workspace.js';

describe('creating a server', () => {
  it('sets the directory up, and does not start it', async () => {
    const server = await create();
    expect((await readdir(server.runDir)).sort()).toEqual(['data', 'server.json', 'zoo.cfg']);
    await expect(server.process()).rejects.toThrow(NotRunningError);
  });

  it('makes the directory and its parents, or takes an empty one', async () => {
    const nested = join(newDirectory(), 'a', 'b');
    expect((await create({ runDir: nested })).runDir).toBe(nested);

    const empty = newDirectory();
    await mkdir(empty);
    expect((await create({ runDir: empty })).runDir).toBe(empty);
  });

  it('refuses a directory that is not empty, naming it, and leaves it as it is', async () => {
    const runDir = newDirectory();
    await mkdir(runDir);
    await writeFile(join(runDir, 'precious'), 'data');
    await expect(create({ runDir })).rejects.toThrow(`the run directory "${runDir}" is not empty`);
    expect(await readdir(runDir)).toEqual(['precious']);
  });

  it('refuses a directory that has a server already', async () => {
    const { runDir } = await create();
    await expect(Server.create({ port: 0, runDir })).rejects.toThrow(`"${runDir}" is not empty`);
  });

  it('listens at the port that was asked for, or at a free one that it picks', async () => {
    const given = await create({ port: 2181 });
    expect(given.address).toBe('127.0.0.1:2181');
    expect((await zooCfg(given)).clientPort).toBe('2181');

    const picked = await Promise.all(Array.from({ length: 10 }, () => create()));
    const ports = picked.map(({ address }) => Number(address.replace('127.0.0.1:', '')));
    expect(new Set(ports).size).toBe(10);
    for (const [index, server] of picked.entries()) {
      expect((await zooCfg(server)).clientPort).toBe(String(ports[index]));
    }
  });

  it("has gozk's settings unless told otherwise, on loopback, without the admin server", async () => {
    expect(await zooCfg(await create())).toMatchObject({
      tickTime: '2000',
      maxClientCnxns: '500',
      clientPortAddress: '127.0.0.1',
      'admin.enableServer': 'false',
      '4lw.commands.whitelist': 'srvr,ruok',
    });
    const secure = await create({ zooCfg: { secureClientPort: 2281 } });
    expect((await zooCfg(secure)).secureClientPortAddress).toBe('127.0.0.1');
  });

  it('takes settings of any kind, escaped where the format needs it', async () => {
    const server = await create({
      zooCfg: {
        tickTime: 100,
        extendedTypesEnabled: true,
        'ssl.keyStore.location': 'C:\\keys\\é.pem',
        'server.1': '127.0.0.1:2888:3888',
      },
    });
    expect(await zooCfg(server)).toMatchObject({
      tickTime: '100',
      extendedTypesEnabled: 'true',
      'ssl.keyStore.location': 'C:\\\\keys\\\\\\u00e9.pem',
      'server.1': '127.0.0.1:2888:3888',
    });
  });

  it.each([
    ['wchs', 'wchs,srvr'],
    ['', 'srvr'],
    ['ruok, srvr', 'ruok, srvr'],
    ['*', '*'],
  ])('keeps the word that start() needs among the allowed: "%s"', async (given, written) => {
    const server = await create({ zooCfg: { '4lw.commands.whitelist': given } });
    expect((await zooCfg(server))['4lw.commands.whitelist']).toBe(written);
  });

  const good = { port: 0, runDir: 'unused' };
  it.each<[what: string, options: unknown, type: typeof TypeError, message: RegExp]>([
    ['no options', undefined, TypeError, /^options must be an object/],
    ['options of null', null, TypeError, /^options must be an object, not null/],
    ['no port', { runDir: 'unused' }, TypeError, /^port must be a number/],
    ['a port as text', { ...good, port: '2181' }, TypeError, /^port must be a number, not string/],
    ['a port below 0', { ...good, port: -1 }, RangeError, /^port must be .* not -1/],
    ['a port above 65535', { ...good, port: 65536 }, RangeError, /^port must be/],
    ['half a port', { ...good, port: 2181.5 }, RangeError, /^port must be/],
    ['a port of NaN', { ...good, port: Number.NaN }, RangeError, /^port must be/],
    ['no directory', { port: 0 }, TypeError, /^runDir must be a string/],
    ['an empty directory name', { ...good, runDir: '' }, RangeError, /^runDir must not be empty/],
    ['NUL in the directory', { ...good, runDir: 'a\0b' }, RangeError, /^runDir .* NUL/],
    ['a zkDir of null', { ...good, zkDir: null }, TypeError, /^zkDir must be a string, not null/],
    ['an empty zkDir', { ...good, zkDir: '' }, RangeError, /^zkDir must not be empty/],
    ['a colon in zkDir', { ...good, zkDir: '/a:/b' }, RangeError, /^zkDir must not contain ":"/],
    ['a zooCfg of text', { ...good, zooCfg: 'a=b' }, TypeError, /^zooCfg must be an object/],
    ['a zooCfg array', { ...good, zooCfg: ['a=b'] }, TypeError, /^zooCfg .* not an array/],
    ['a line break in a value', { ...good, zooCfg: { a: 'b\nc=d' } }, RangeError, /^zooCfg\["a"\]/],
    ['NUL in a value', { ...good, zooCfg: { a: '\0' } }, RangeError, /^zooCfg\["a"\] .* NUL/],
    ['a value of undefined', { ...good, zooCfg: { a: undefined } }, TypeError, /^zooCfg\["a"\]/],
    ['a value of Infinity', { ...good, zooCfg: { a: 1 / 0 } }, RangeError, /^zooCfg\["a"\]/],
    ['an equals sign in a name', { ...good, zooCfg: { 'a=b': 1 } }, RangeError, /^zooCfg: "a=b"/],
    ['an empty name', { ...good, zooCfg: { '': 1 } }, RangeError, /^zooCfg: "" is no name/],
    ['another port', { ...good, zooCfg: { clientPort: 1 } }, RangeError, /^zooCfg.clientPort/],
    [
      'another host',
      { ...good, zooCfg: { clientPortAddress: '0.0.0.0' } },
      RangeError,
      /^zooCfg.clientPortAddress .* 127.0.0.1 only/,
    ],
    [
      'another host for TLS',
      { ...good, zooCfg: { secureClientPortAddress: '0.0.0.0' } },
      RangeError,
      /^zooCfg.secureClientPortAddress/,
    ],
    [
      'a bad property',
      { ...good, jvmProperties: { 'a b': 1 } },
      RangeError,
      /^jvmProperties: "a b"/,
    ],
    [
      'NUL in a property',
      { ...good, jvmProperties: { a: '\0' } },
      RangeError,
      /^jvmProperties\["a/,
    ],
    ['a property list', { ...good, jvmProperties: [] }, TypeError, /^jvmProperties must be an obj/],
    ['flags as text', { ...good, jvmFlags: '-Xmx1g' }, TypeError, /^jvmFlags must be an array/],
    ['a flag of 1', { ...good, jvmFlags: [1] }, TypeError, /^jvmFlags\[0\] must be a string/],
    ['a class as a flag', { ...good, jvmFlags: ['Evil'] }, RangeError, /^jvmFlags\[0\] must start/],
  ])('refuses %s, naming the option', async (_what, options, type, message) => {
    const error: unknown = await Server.create(options as ServerOptions).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(message);
    expect(existsSync('unused')).toBe(false);
  });
});

/** The settings in a `zoo.cfg`. */
async function zooCfg({ runDir }: Server): Promise<Record<string, string>> {
  const text = await readFile(join(runDir, 'zoo.cfg'), 'utf8');
  return Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}
