import { Server } from 'libzookeeper';
import { afterAll } from 'vitest';
import { pickFreePort } from '../../dist/server/port.js';
import { JVM_PROPERTIES, TestMember, ZOO_CFG } from './ensemble.js';
import { TcpProxy } from './tcp-proxy.js';
import { newDirectory } from './workspace.js';

/** Where a member is: for clients, for a leader's followers, and for elections. */
interface Place {
  readonly id: number;
  readonly client: number;
  readonly quorum: number;
  readonly election: number;
}

/** The network from one member to another. */
interface Route {
  readonly from: number;
  readonly to: number;
  readonly quorum: TcpProxy;
  readonly election: TcpProxy;
}

const portOf = (proxy: TcpProxy): string => proxy.address.split(':').at(-1) as string;

/**
 * How a member knows another one, through a route; or itself, by an address that is none: it would tell the others in elections,
 * and they would come to it past the proxies.
 */
function specification({ id, client, quorum, election }: Place, route?: Route): string {
  const place =
    route === undefined
      ? `0.0.0.0:${quorum}:${election}`
      : `127.0.0.1:${portOf(route.quorum)}:${portOf(route.election)}`;
  return `server.${id}=${place}:participant;127.0.0.1:${client}`;
}

const ZOO_CFG_OF_PROXIED = {
  // They would agree on one view of the ensemble, in which each would know itself by a proxy.
  reconfigEnabled: false,
  // Through a proxy a leader that does not listen yet is one that hangs up, which is a reason to elect another; and that one
  // waits so long, in ticks, for those who do so.
  initLimit: 10,
};

const QUICK_ELECTIONS = {
  'zookeeper.fastleader.minNotificationInterval': 50,
  'zookeeper.fastleader.maxNotificationInterval': 200,
};

/** An ensemble whose members reach each other through proxies: the network between them can fail, and clients still reach all. */
export class ProxiedEnsemble {
  readonly members: TestMember[] = [];
  readonly #routes: Route[] = [];

  /** Starts an ensemble of three. It goes as {@link startServer}'s servers do. */
  static async start(): Promise<ProxiedEnsemble> {
    const ensemble = new ProxiedEnsemble();
    const places = await Promise.all(
      [1, 2, 3].map(async (id) => {
        const [client, quorum, election] = [
          await pickFreePort(),
          await pickFreePort(),
          await pickFreePort(),
        ];
        return { id, client, quorum, election };
      }),
    );
    for (const from of places) {
      const known = await Promise.all(
        places.map(async (to) =>
          from === to ? specification(to) : specification(to, await ensemble.#connect(from, to)),
        ),
      );
      const server = await Server.create({
        port: from.client,
        runDir: newDirectory(),
        zooCfg: { ...ZOO_CFG, ...ZOO_CFG_OF_PROXIED },
        jvmProperties: { ...JVM_PROPERTIES, ...QUICK_ELECTIONS },
        member: { id: from.id, ensemble: known },
      });
      ensemble.members.push(new TestMember(from.id, specification(from), server));
    }
    await Promise.all(ensemble.members.map((member) => member.start()));
    return ensemble;
  }

  /** Where all of them are. */
  get address(): string {
    return this.members.map(({ address }) => address).join(',');
  }

  /** Nothing gets from a member to the others any more, nor back: neither bytes, nor word of it. */
  isolate({ id }: TestMember): void {
    for (const { from, to, quorum, election } of this.#routes) {
      if (from !== id && to !== id) continue;
      quorum.blackHole();
      election.blackHole();
    }
  }

  /** The network works again. */
  async heal(): Promise<void> {
    for (const { quorum, election } of this.#routes) {
      await quorum.restore();
      await election.restore();
    }
  }

  async #connect(from: Place, to: Place): Promise<Route> {
    const quorum = await TcpProxy.start(`127.0.0.1:${to.quorum}`);
    const election = await TcpProxy.start(`127.0.0.1:${to.election}`);
    afterAll(() => Promise.all([quorum.close(), election.close()]));
    const route = { from: from.id, to: to.id, quorum, election };
    this.#routes.push(route);
    return route;
  }
}
