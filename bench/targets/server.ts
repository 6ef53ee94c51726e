import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Server } from 'libzookeeper';
import { CHILDREN, LARGE, nodes, SMALL } from '../nodes.js';
import { startCutProxy } from './cut-proxy.js';
import { fourLetterWord } from './four-letter-word.js';
import type { Cuttable, Target } from './target.js';

/** A server that measures the clients rather than its disk, and whose compiler makes the best of its own code. */
const ZOO_CFG = {
  maxClientCnxns: 0,
  snapCount: 100_000_000,
  '4lw.commands.whitelist': 'srvr,wchs',
};
const JVM_PROPERTIES = { 'zookeeper.forceSync': 'no' };
const JVM_FLAGS = ['-Xms1g', '-Xmx1g', '-XX:TieredStopAtLevel=4'];

/** Makes the nodes that the scenarios work on. */
async function seed(address: string): Promise<void> {
  const conn = await connect(address);
  await conn.create(nodes.top);
  await conn.create(nodes.small, Buffer.alloc(SMALL, 'x'));
  await conn.create(nodes.large, Buffer.alloc(LARGE, 'x'));
  await conn.create(nodes.parent);
  await conn.create(nodes.children);
  await Promise.all(
    Array.from({ length: CHILDREN }, (_, number) =>
      conn.create(`${nodes.children}/member-${String(number).padStart(10, '0')}`),
    ),
  );
  await conn.close();
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** A real ZooKeeper server, with the nodes of the scenarios. */
export class RealServer implements Target {
  readonly id = 'server';
  readonly title: string;
  readonly address: string;
  readonly #server: Server;

  private constructor(server: Server, version: string) {
    this.#server = server;
    this.title = `ZooKeeper ${version}`;
    this.address = server.address;
  }

  static async start(): Promise<RealServer> {
    const server = await Server.create({
      port: 0,
      runDir: mkdtempSync(join(tmpdir(), 'libzookeeper-bench-')),
      zooCfg: ZOO_CFG,
      jvmProperties: JVM_PROPERTIES,
      jvmFlags: JVM_FLAGS,
    });
    await server.start();
    // It would go on without us.
    const { pid } = await server.process();
    process.on('exit', () => kill(pid));
    const srvr = await fourLetterWord(server.address, 'srvr');
    const version = /version: ([\d.]+)/.exec(srvr)?.[1] ?? 'of unknown version';
    const target = new RealServer(server, version);
    await seed(server.address);
    return target;
  }

  async cuttable(): Promise<Cuttable> {
    const proxy = await startCutProxy(this.address);
    return {
      address: proxy.address,
      cut: () => proxy.cut(),
      watches: async () => {
        const wchs = await fourLetterWord(this.address, 'wchs');
        return Number(/Total watches:(\d+)/.exec(wchs)?.[1] ?? 0);
      },
      close: () => proxy.close(),
    };
  }

  async stop(): Promise<void> {
    await this.#server.destroy();
    rmSync(this.#server.runDir, { recursive: true, force: true });
  }
}
