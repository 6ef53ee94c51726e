import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotRunningError, Server, type ServerOptions, type ServerSetting } from 'libzookeeper';
import { parseAddress } from './address.js';
import { waitFor } from './wait-for.js';
import { newDirectory } from './workspace.js';

/** Short sessions, no waiting for the disk, everything allowed. */
const ZOO_CFG: Record<string, ServerSetting> = {
  tickTime: 500,
  initLimit: 10,
  syncLimit: 5,
  minSessionTimeout: 500,
  maxSessionTimeout: 60_000,
  maxClientCnxns: 0,
  extendedTypesEnabled: true,
  '4lw.commands.whitelist': '*',
};

const JVM_PROPERTIES: Record<string, ServerSetting> = {
  // In zoo.cfg it comes too late: it is read when a class is loaded.
  'zookeeper.forceSync': 'no',
};

/** A server for tests: {@link Server} with what tests do to one. */
export class TestServer {
  readonly address: string;
  readonly port: number;
  readonly runDir: string;

  constructor(readonly server: Server) {
    this.address = server.address;
    this.port = parseAddress(server.address).port;
    this.runDir = server.runDir;
  }

  async pid(): Promise<number> {
    return (await this.server.process()).pid;
  }

  start(): Promise<void> {
    return this.server.start();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Stops it gently and starts it again, with its data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it as a crash does, with SIGKILL; `start` brings it back. Resolves when it is gone. */
  async kill(): Promise<void> {
    process.kill(await this.pid(), 'SIGKILL');
    await waitFor(() => this.#isGone(), { what: 'the killed server is gone' });
  }

  /** Freezes it with SIGSTOP: its connections stay, and nothing is answered. */
  async pause(): Promise<void> {
    const pid = await this.pid();
    process.kill(pid, 'SIGSTOP');
    await waitFor(() => isStopped(pid), { what: 'the paused server has stopped' });
  }

  /** Ends a {@link TestServer.pause}. */
  async resume(): Promise<void> {
    process.kill(await this.pid(), 'SIGCONT');
  }

  /** All that it has logged. */
  log(): Promise<string> {
    return readFile(join(this.runDir, 'server.log'), 'utf8');
  }

  #isGone(): Promise<boolean> {
    return this.server.process().then(
      () => false,
      (error: unknown) => {
        if (error instanceof NotRunningError) return true;
        throw error;
      },
    );
  }
}

export type TestServerOptions = Partial<ServerOptions>;

/** Sets up a server with settings for tests, without starting it. */
export async function createServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await Server.create({
    port: 0,
    runDir: newDirectory(),
    ...options,
    zooCfg: { ...ZOO_CFG, ...options.zooCfg },
    jvmProperties: { ...JVM_PROPERTIES, ...options.jvmProperties },
  });
  return new TestServer(server);
}

/**
 * Starts a server with settings for tests, on a free port and in a temporary directory. It and its
 * directory are gone when the test file is done, or its process dead.
 */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await createServer(options);
  await server.start();
  return server;
}

/** Whether every thread of a process has stopped; where there is no /proc, that is assumed. */
function isStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return true;
  return readdirSync(tasks).every((task) => {
    const stat = readFileSync(join(tasks, task, 'stat'), 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  });
}
