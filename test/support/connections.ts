import { type Conn, type ConnectOptions, connect, type DialOptions, dial } from 'libzookeeper';
import { afterAll, afterEach } from 'vitest';
import { TcpProxy } from './tcp-proxy.js';

/*
 * The connections and proxies of a test. They are gone when it is over, whatever became of it: the
 * networks work again by then, since a close waits for what is in flight.
 */

const conns: Conn[] = [];
const proxies: TcpProxy[] = [];

afterEach(async () => {
  // Taken out before anything is awaited: were this to take too long, it must not end what the next test opened.
  const proxiesOfTest = proxies.splice(0);
  const connsOfTest = conns.splice(0);
  for (const proxy of proxiesOfTest) await proxy.restore();
  await Promise.all(connsOfTest.map((conn) => conn[Symbol.asyncDispose]()));
  await Promise.all(proxiesOfTest.map((proxy) => proxy.close()));
});

/** Connects; the connection is closed when the test is over. */
export async function open(servers: string, options?: ConnectOptions): Promise<Conn> {
  return mine(await connect(servers, options));
}

/** Connects, for all tests of a file: the connection is closed when the last is over. */
export async function openOnce(servers: string, options?: ConnectOptions): Promise<Conn> {
  const conn = await connect(servers, options);
  afterAll(() => conn[Symbol.asyncDispose]());
  return conn;
}

/** Dials, without waiting for the session; the connection is closed when the test is over. */
export function openSoon(servers: string, options?: DialOptions): Conn {
  return mine(dial(servers, options));
}

/** A proxy to a server; it is closed when the test is over. */
export async function openProxy(target: string): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(target);
  proxies.push(proxy);
  return proxy;
}

/** Connects through a network that can be made to fail. */
export async function openThroughProxy(
  target: string,
  options: ConnectOptions & { chroot?: string } = {},
): Promise<{ conn: Conn; proxy: TcpProxy }> {
  const { chroot = '', ...connectOptions } = options;
  const proxy = await openProxy(target);
  return { conn: await open(proxy.address + chroot, connectOptions), proxy };
}

function mine(conn: Conn): Conn {
  conns.push(conn);
  return conn;
}

let paths = 0;

/** A path that no other test of the file has: `/7`. */
export function newPath(): string {
  paths += 1;
  return `/${paths}`;
}
