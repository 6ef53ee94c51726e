import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server as TcpServer } from 'node:net';
import { join, relative } from 'node:path';
import { NotRunningError, Server } from 'libzookeeper';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isServerByPs } from '../../lib/server/process-table.js';
import { fourLetterWord } from '../support/four-letter-word.js';
import { create, inAnotherProcess, mine, serversOf } from '../support/own-servers.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';
import { newDirectory } from '../support/workspace.js';

afterEach(() => {
  vi.unstubAllEnvs();
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
    await expectOneStart(server, results);
  });

  it('succeeds for one only of several processes', async () => {
    const server = await create();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => inAnotherProcess(server.runDir, 'start')),
    );
    await expectOneStart(server, results);
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

/** One of those who tried to start the server did, the others were told why not, and it runs once. */
async function expectOneStart(
  server: Server,
  results: readonly PromiseSettledResult<unknown>[],
): Promise<void> {
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason.message).toMatch(/is already/);
  }
  expect(serversOf(server.runDir)).toEqual([(await server.process()).pid]);
}

async function listen(port: number): Promise<TcpServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
