import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../support/address.js';
import { ChildWithNames, canHaveNames } from '../support/child-with-names.js';
import { startServer, type TestServer } from '../support/server.js';

/* What becomes of a session when names change. */

const program = fileURLToPath(new URL('./children/names.mjs', import.meta.url));

/** One address of the server: a listener on one of the loopback's addresses, which can go away. */
class Door {
  readonly #sockets = new Set<Socket>();
  readonly #listener: Server;

  private constructor(
    readonly host: string,
    target: { host: string; port: number },
  ) {
    this.#listener = createServer((socket) => {
      const other = connectSocket(target);
      for (const [one, next] of [
        [socket, other],
        [other, socket],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => next.destroy());
        one.pipe(next);
      }
    });
  }

  static async open(host: string, port: number, target: string): Promise<Door> {
    const door = new Door(host, parseAddress(target));
    await new Promise<void>((resolve, reject) => {
      door.#listener.once('error', reject).listen(port, host, resolve);
    });
    return door;
  }

  get port(): number {
    return (this.#listener.address() as { port: number }).port;
  }

  /** Ends what goes through it; a new connection is welcome. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    this.cut();
    await closed;
  }
}

/** The child process, which has a session by name. */
class Client extends ChildWithNames {
  constructor() {
    super([program]);
  }

  /** Waits until the session is at that address. */
  async at(address: string): Promise<void> {
    while ((await this.ask('where')) !== address) await this.ask('get');
  }
}

describe.skipIf(!canHaveNames)('a name', () => {
  let server: TestServer;
  let client: Client;
  let doors: Door[] = [];

  beforeAll(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    client.kill();
    await Promise.all(doors.splice(0).map((door) => door.shut().catch(() => {})));
  });

  /** Two addresses of the server with one port, and a client whose name for them is the first. */
  async function setUp(options: object): Promise<[string, string]> {
    const first = await Door.open('127.0.0.2', 0, server.address);
    const second = await Door.open('127.0.0.3', first.port, server.address);
    doors = [first, second];
    client = new Client();
    client.resolveTo(first.host);
    const there = `${first.host}:${first.port}`;
    const given = JSON.stringify({ sessionTimeout: 6000, ...options });
    expect(await client.ask('connect', `zk.test:${first.port}`, given)).toBe(there);
    return [there, `${second.host}:${second.port}`];
  }

  it('is resolved anew when the connection was lost', async () => {
    const [, there] = await setUp({});
    client.resolveTo('127.0.0.3');
    await doors[0]?.shut();
    await client.at(there);
    expect(await client.ask('get')).toBe('true');
  });

  it('that has no answer any more keeps its last good one', async () => {
    const [there] = await setUp({});
    client.resolveTo();
    doors[0]?.cut();
    // It comes back to where it was: that it was away is to be seen first.
    while (!client.remarks.includes('state 1')) await client.ask('get');
    await client.at(there);
    expect(await client.ask('get')).toBe('true');
  });

  it('is not asked for while connected, unless that is wanted', async () => {
    const [here] = await setUp({});
    client.resolveTo('127.0.0.3');
    for (let i = 0; i < 20; i += 1) await client.ask('get');
    expect(await client.ask('where')).toBe(here);
    expect(client.remarks).toEqual([]);
  });

  it('is looked at every serversResolutionDelay: the session goes where it leads', async () => {
    const [, there] = await setUp({ serversResolutionDelay: 50 });
    client.resolveTo('127.0.0.3');
    await client.at(there);
    expect(client.remarks.slice(0, 2)).toEqual(['state 1', 'state 3']);
  });

  it('that is looked at and has no answer does no harm', async () => {
    const [here] = await setUp({ serversResolutionDelay: 10 });
    client.resolveTo();
    for (let i = 0; i < 50; i += 1) expect(await client.ask('get')).toBe('true');
    expect(await client.ask('where')).toBe(here);
    expect(client.remarks).toEqual([]);
  });

  it('that setServers is given is resolved, and refused as long as it does not', async () => {
    const [here, there] = await setUp({});
    client.resolveTo();
    const { port } = parseAddress(there);
    expect(await client.ask('servers', `other.test:${port}`)).toBe('ZSYSTEMERROR');
    expect(await client.ask('where')).toBe(here);
    expect(await client.ask('servers', `127.0.0.3:${port}`)).toBe('undefined');
    await client.at(there);
  });
});
