import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server as TcpServer } from 'node:net';
import { join, relative } from 'node:path';
import { connect, NotRunningError, Server, type ServerOptions } from 'libzookeeper';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isServerByPs } from '../../lib/server/process-table.js';
import { runChild } from '../support/child.js';
import { fourLetterWord } from '../support/four-letter-word.js';
import {
  createServer as createTestServer,
  startServer,
  type TestServer,
} from '../support/server.js';
import { waitFor } from '../support/wait-for.js';
import { newDirectory } from '../support/workspace.js';

/** Each test's server goes when the test is done, not only when the file is: there are many. */
const servers: (Server | TestServer)[] = [];
function mine<T extends Server | TestServer>(server: T): T {
  servers.push(server);
  return server;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    const { runDir } = server;
    if (!existsSync(join(runDir, 'server.json'))) continue;
    const pid = await pidOf(await Server.attach(runDir));
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await rm(runDir, { recursive: true, maxRetries: 10 });
  }
});

async function pidOf(server: Server): Promise<number | null> {
  return server.process().then(
    ({ pid }) => pid,
    (error: unknown) => {
      if (error instanceof NotRunningError) return null;
      throw error;
    },
  );
}

/** A server of the default settings, not started. */
async function create(options: Partial<ServerOptions> = {}): Promise<Server> {
  return mine(await Server.create({ port: 0, runDir: newDirectory(), ...options }));
}

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

/** Runs `support/children/server.ts`: calls methods of an attached server in another process. */
async function inAnotherProcess(runDir: string, ...calls: string[]): Promise<unknown[]> {
  const script = new URL('../support/children/server.ts', import.meta.url);
  const { code, stdout, stderr } = await runChild(script, [runDir, ...calls]);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

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

describe('a running server', () => {
  let server: Server;
  let pid: number;

  beforeAll(async () => {
    server = await Server.create({ port: 0, runDir: newDirectory() });
    await server.start();
    ({ pid } = await server.process());
  });

  afterAll(() => server.destroy());

  it('answers', async () => {
    expect(await fourLetterWord(server.address, 'srvr')).toMatch(/^Mode: standalone$/m);
    expect(await fourLetterWord(server.address, 'ruok')).toBe('imok');
  });

  it.runIf(existsSync('/proc/net/tcp'))('listens on 127.0.0.1 and nowhere else', () => {
    expect(listeningSockets(pid)).toEqual([server.address]);
  });

  it('is one process, and process() finds it', async () => {
    expect(serversOf(server.runDir)).toEqual([pid]);
    expect(await server.process()).toEqual({ pid });
  });

  it.runIf(existsSync('/proc'))('is no part of the session here: Ctrl-C is not for it', () => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect(session).toBe(String(pid));
  });

  it('is not started twice: that is an error that says so, and it runs on', async () => {
    await expect(server.start()).rejects.toThrow(`"${server.runDir}" is already running`);
    const attached = await Server.attach(server.runDir);
    await expect(attached.start()).rejects.toThrow(`is already running, as process ${pid}`);
    expect(await server.process()).toEqual({ pid });
  });

  it('has the same address and process by any path that leads to its directory', async () => {
    const link = newDirectory();
    await symlink(server.runDir, link);
    for (const path of [link, relative(process.cwd(), server.runDir), `${server.runDir}/`]) {
      const attached = await Server.attach(path);
      expect(attached.address).toBe(server.address);
      expect(await attached.process()).toEqual({ pid });
    }
  });

  it("is not another directory's server, whatever the pid file there says", async () => {
    // Their names begin alike, too.
    const other = await create({ runDir: `${server.runDir}0` });
    await writeFile(join(other.runDir, 'server.pid'), String(pid));
    await expect(other.process()).rejects.toThrow(NotRunningError);
    await other.destroy();
    expect(await server.process()).toEqual({ pid });
  });

  it('is recognised by ps, where there is no /proc', async () => {
    expect(await isServerByPs(pid, server.runDir)).toBe(true);
    expect(await isServerByPs(pid, server.runDir.slice(0, -1))).toBe(false);
    expect(await isServerByPs(process.pid, server.runDir)).toBe(false);
    expect(await isServerByPs(2147483647, server.runDir)).toBe(false);
  });
});

describe('starting', () => {
  it('gives the settings and JVM properties to the server', async () => {
    const server = mine(
      await startServer({
        zooCfg: { tickTime: 123, maxSessionTimeout: 4567 },
        jvmProperties: { 'jute.maxbuffer': 1234567, 'java.io.tmpdir': '/a b/é"$HOME' },
        jvmFlags: ['-Xmx100m'],
      }),
    );
    const conf = await fourLetterWord(server.address, 'conf');
    expect(conf).toMatch(/^tickTime=123$/m);
    expect(conf).toMatch(/^maxSessionTimeout=4567$/m);
    const { pid } = await server.server.process();
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    expect(args).toContain('-Djute.maxbuffer=1234567');
    expect(args).toContain('-Djava.io.tmpdir=/a b/é"$HOME');
    expect(args.indexOf('-Xmx100m')).toBeGreaterThan(args.indexOf('-Xmx128m'));
  });

  it('works in a directory with blanks and letters of any language, in any locale', async () => {
    vi.stubEnv('LC_ALL', 'C');
    const server = await create({ runDir: join(newDirectory(), 'é ü 動物園') });
    await server.start();
    expect((await server.process()).pid).toBeGreaterThan(0);
    expect(await readdir(join(server.runDir, 'data'))).toContain('version-2');
  });

  it('succeeds for one only of those who try at the same time', async () => {
    const server = await create();
    const others = await Promise.all([1, 2, 3].map(() => Server.attach(server.runDir)));
    const results = await Promise.allSettled([server, server, ...others].map((one) => one.start()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.message).toMatch(/is already/);
    }
    expect(serversOf(server.runDir)).toEqual([(await server.process()).pid]);
  });

  it('succeeds for one only of several processes', async () => {
    const server = await create();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => inAnotherProcess(server.runDir, 'start')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.message).toMatch(/is already/);
    }
    expect(serversOf(server.runDir)).toEqual([(await server.process()).pid]);
  });

  it('fails when another program has the port, saying so', async () => {
    const server = await create();
    const squatter = await listen(Number(server.address.split(':')[1]));
    await expect(server.start()).rejects.toThrow(`${server.address} is in use by another program`);
    squatter.close();
    await server.start();
  });

  it('fails as soon as the server ends, with the end of its log, and can be tried again', async () => {
    const server = await create({ zooCfg: { tickTime: 'soon' } });
    const started = performance.now();
    await expect(server.start()).rejects.toThrow(
      /ended with exit code \d+ while it was starting; the end of its log, .*server\.log:\n.*"soon"/s,
    );
    expect(performance.now() - started).toBeLessThan(5000);
    await expect(server.process()).rejects.toThrow(NotRunningError);

    const file = join(server.runDir, 'zoo.cfg');
    await writeFile(file, (await readFile(file, 'utf8')).replace('soon', '2000'));
    await server.start();
  });

  it('fails with what Java says when Java refuses a flag', async () => {
    const server = await create({ jvmFlags: ['-Xnonsense'] });
    await expect(server.start()).rejects.toThrow(/exit code 1 .*-Xnonsense/s);
  });

  it('fails when the server does not answer in time, and leaves no process', async () => {
    const server = await create();
    await expect(server.start({ timeout: 1 })).rejects.toThrow(/did not answer within 1 ms/);
    expect(serversOf(server.runDir)).toEqual([]);
    await server.start();
  });

  it.each([0, -1, Number.NaN, 2 ** 31, '1000', null])(
    'refuses a timeout of %s',
    async (timeout) => {
      const server = await create();
      const options = { timeout: timeout as number };
      await expect(server.start(options)).rejects.toThrow(/^timeout must be/);
    },
  );

  it('is given up by a stop meanwhile', async () => {
    const server = await create();
    const start = server.start();
    const failure = expect(start).rejects.toThrow('was stopped while it was starting');
    await waitFor(() => serversOf(server.runDir).length > 0, { what: 'there is a process' });
    await server.stop();
    await failure;
    expect(serversOf(server.runDir)).toEqual([]);
  });

  it('is given up by a stop before there is a process, too', async () => {
    const server = await create();
    const failure = expect(server.start()).rejects.toThrow('was stopped while it was starting');
    await server.stop();
    await failure;
    expect(serversOf(server.runDir)).toEqual([]);
  });

  it('fails when a stop in another process ends it, saying how', async () => {
    const server = await create();
    const failure = expect(server.start()).rejects.toThrow(/while it was starting/);
    const other = await Server.attach(server.runDir);
    await waitFor(() => serversOf(server.runDir).length > 0, { what: 'there is a process' });
    await other.stop();
    await failure;
  });
});

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

describe('what is missing', () => {
  const javaNeeded = /needs Java 11 or newer.*apt-get install default-jre-headless/s;

  it('is Java: the error says so and how to get it, and the directory stays usable', async () => {
    const server = await create();
    vi.stubEnv('PATH', newDirectory());
    vi.stubEnv('JAVA_HOME', undefined);
    await expect(server.start()).rejects.toThrow(javaNeeded);
    await expect(server.start()).rejects.toThrow('there is no java in JAVA_HOME or on PATH');
    await expect(server.process()).rejects.toThrow(NotRunningError);

    vi.unstubAllEnvs();
    await server.start();
  });

  it('is Java when the only one is too old: the error names it and its version', async () => {
    const server = await create();
    const home = await fakeJava(JAVA_8);
    vi.stubEnv('PATH', '');
    vi.stubEnv('JAVA_HOME', home);
    await expect(server.start()).rejects.toThrow(javaNeeded);
    await expect(server.start()).rejects.toThrow(`${home}/bin/java (from JAVA_HOME) is Java 8`);
  });

  it('is Java when the only one does not work: the error has what it says', async () => {
    const server = await create();
    vi.stubEnv('PATH', join(await fakeJava('echo "Unable to locate a Java" >&2; exit 1'), 'bin'));
    vi.stubEnv('JAVA_HOME', undefined);
    await expect(server.start()).rejects.toThrow(
      /\(from PATH\) does not work: Unable to locate a J/,
    );
  });

  it('is not Java when PATH has one and JAVA_HOME an old one, or none', async () => {
    const server = await create();
    vi.stubEnv('JAVA_HOME', await fakeJava(JAVA_8));
    await server.start();
    await server.stop();
    vi.stubEnv('JAVA_HOME', newDirectory());
    await server.start();
  });

  it('is not Java when java is a script that runs another: the process is still the server', async () => {
    const server = await create();
    vi.stubEnv('JAVA_HOME', await fakeJava('java "$@"'));
    await server.start();
    const { pid } = await server.process();
    await server.stop();
    expect(serversOf(server.runDir)).toEqual([]);
    expect(pid).toBeGreaterThan(0);
  });

  it('is ZooKeeper at zkDir: the error says so and how to get it; once there, it starts', async () => {
    const zkDir = newDirectory();
    const server = mine(await createTestServer({ zkDir })).server;
    const howTo = 'apt-get install libzookeeper-java; elsewhere, unpack a ZooKeeper release';
    await expect(server.start()).rejects.toThrow(`there is no directory "${zkDir}" (zkDir)`);
    await expect(server.start()).rejects.toThrow(howTo);
    await mkdir(join(zkDir, 'lib'), { recursive: true });
    await expect(server.start()).rejects.toThrow(`there is no ZooKeeper in "${zkDir}" (zkDir)`);
    await expect(server.start()).rejects.toThrow(howTo);

    // As a release has it: its own jar at the top, the others in lib.
    await symlink('/usr/share/java/zookeeper.jar', join(zkDir, 'zookeeper-3.8.0.jar'));
    await symlink('/usr/share/java/slf4j-simple.jar', join(zkDir, 'lib', 'slf4j-simple-1.7.jar'));
    await server.start();
    expect(await readFile(join(server.runDir, 'server.log'), 'utf8')).toContain('binding to port');
  });

  it('is nothing when zkDir is a directory of jars, or a path relative to where it was said', async () => {
    const zkDir = newDirectory();
    await mkdir(zkDir);
    for (const jar of ['zookeeper.jar', 'slf4j-simple.jar']) {
      await symlink(join('/usr/share/java', jar), join(zkDir, jar));
    }
    const server = mine(await createTestServer({ zkDir: relative(process.cwd(), zkDir) }));
    await server.start();
    expect(JSON.parse(await readFile(join(server.runDir, 'server.json'), 'utf8')).zkDir).toBe(
      zkDir,
    );
  });
});

/** The ids of the processes that run a server in `runDir`, by the system's own account. */
function serversOf(runDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return args[0]?.endsWith('java') && args.includes(`-Dlibzookeeper.runDir=${runDir}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The addresses that a process listens on. */
function listeningSockets(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined;
      }
    }),
  );
  const lines = ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/net/${file}`, 'utf8').trim().split('\n').slice(1),
  );
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && own.has(fields[9]))
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      const host = address === '0100007F' ? '127.0.0.1' : address;
      return `${host}:${Number.parseInt(port, 16)}`;
    });
}

/** What Java 8 says when it is asked. */
const JAVA_8 = `
echo "Property settings:" >&2
echo "    java.home = /usr/lib/jvm/java-8-openjdk/jre" >&2
echo "    java.specification.version = 1.8" >&2
echo "    java.version = 1.8.0_412" >&2
`;

/** A Java home whose `java` is a shell script. */
async function fakeJava(script: string): Promise<string> {
  const home = newDirectory();
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'bin', 'java'), `#!/bin/sh\n${script}\n`);
  await chmod(join(home, 'bin', 'java'), 0o755);
  return home;
}

/** A process that has nothing to do with ZooKeeper. */
async function bystander(...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args]);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}

async function listen(port: number): Promise<TcpServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

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
