import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect, Server, type ServerSetting } from 'libzookeeper';
import { CHILDREN, LARGE, nodes, SMALL } from '../nodes.js';
import { makeCertificate } from './certificate.js';
import { confine } from './confine.js';
import { startCutProxy } from './cut-proxy.js';
import { fourLetterWord } from './four-letter-word.js';
import { freePort } from './free-port.js';
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

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'libzookeeper-bench-'));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** How a server is started besides. */
interface Kind {
  readonly id: 'server' | 'tls';
  readonly title: string;
  readonly zooCfg: Readonly<Record<string, ServerSetting>>;
  /** Where clients connect to, if not to the plaintext port; and the path of the authority's certificate. */
  readonly secure?: { readonly address: string; readonly ca: string };
}

/** A real ZooKeeper server, with the nodes of the scenarios. */
export class RealServer implements Target {
  readonly id: Kind['id'];
  readonly title: string;
  readonly address: string;
  readonly ca?: string;
  readonly #server: Server;

  private constructor(server: Server, version: string, kind: Kind) {
    this.id = kind.id;
    this.#server = server;
    this.title = `${kind.title} ${version}`;
    this.address = kind.secure?.address ?? server.address;
    if (kind.secure !== undefined) this.ca = kind.secure.ca;
  }

  static start(cores: number): Promise<RealServer> {
    const kind = { id: 'server', title: 'ZooKeeper', zooCfg: {} } as const;
    return RealServer.#start(newDirectory(), kind, cores);
  }

  /** One that speaks TLS, with a certificate of its own authority. */
  static async startSecure(cores: number): Promise<RealServer> {
    const directory = newDirectory();
    const { both, ca } = makeCertificate(directory);
    const port = await freePort();
    const kind: Kind = {
      id: 'tls',
      title: 'TLS, ZooKeeper',
      zooCfg: {
        secureClientPort: port,
        serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
        'ssl.keyStore.location': both,
        'ssl.trustStore.location': ca,
        'ssl.trustStore.type': 'PEM',
        'ssl.hostnameVerification': false,
        'ssl.clientAuth': 'none',
      },
      secure: { address: `127.0.0.1:${port}`, ca },
    };
    return RealServer.#start(directory, kind, cores);
  }

  static async #start(directory: string, kind: Kind, cores: number): Promise<RealServer> {
    const server = await Server.create({
      port: 0,
      runDir: join(directory, 'server'),
      zooCfg: { ...ZOO_CFG, ...kind.zooCfg },
      jvmProperties: JVM_PROPERTIES,
      jvmFlags: JVM_FLAGS,
    });
    await server.start();
    // It would go on without us.
    const { pid } = await server.process();
    process.on('exit', () => kill(pid));
    const all = availableParallelism();
    if (cores < all) confine(pid, cores);
    const srvr = await fourLetterWord(server.address, 'srvr');
    const version = /version: ([\d.]+)/.exec(srvr)?.[1] ?? 'of unknown version';
    await seed(server.address);
    return new RealServer(server, `${version}, on ${cores} of ${all} cores`, kind);
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
    rmSync(dirname(this.#server.runDir), { recursive: true, force: true });
  }
}
