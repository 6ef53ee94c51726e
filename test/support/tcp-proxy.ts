import { connect, createServer, type Server, type Socket } from 'node:net';
import { formatAddress, parseAddress } from './address.js';

/** What is done to the bytes of one direction, on all connections. */
interface Rules {
  held: boolean;
  delay: number;
  lost: boolean;
  /** Bytes a millisecond; as fast as they come without a limit. */
  rate: number;
}

const working = (): Rules => ({ held: false, delay: 0, lost: false, rate: Infinity });

/** A direction, as the client sees it. */
export type Direction = 'incoming' | 'outgoing';

/** What may cross: bytes, the end of the stream, the connection's reset. */
type Item = Buffer | 'end' | 'reset';

/** Resets a connection. Where its end is on its way already, libuv will not, and Node.js would keep the descriptor: it is closed. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** One direction of one connection: what came in at one end, on its way to the other. */
class Lane {
  readonly #queue: { item: Item; due: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** When the last of what came in is through, at the rate that there is. */
  #through = 0;

  /** Bytes that came in and are not delivered. */
  pending = 0;

  constructor(
    readonly from: Socket,
    readonly to: Socket,
    readonly rules: Rules,
    readonly delivered: (bytes: number) => void,
  ) {
    from.on('data', (chunk: Buffer) => this.#push(chunk));
    from.on('end', () => this.#push('end'));
    from.on('error', () => this.#push('reset'));
    to.on('drain', () => from.resume());
    to.on('close', () => this.#stop());
  }

  /** Delivers what may be delivered by now, in order. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.rules.lost) this.#drop();
    while (!this.rules.held) {
      const next = this.#queue[0];
      if (next === undefined) return;
      const wait = next.due - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.flush(), wait);
        return;
      }
      this.#queue.shift();
      this.#deliver(next.item);
    }
  }

  #push(item: Item): void {
    const length = item instanceof Buffer ? item.length : 0;
    this.pending += length;
    this.#through = Math.max(this.#through, performance.now()) + length / this.rules.rate;
    this.#queue.push({ item, due: this.#through + this.rules.delay });
    this.flush();
  }

  #deliver(item: Item): void {
    if (item instanceof Buffer) {
      this.pending -= item.length;
      this.delivered(item.length);
      if (!this.to.write(item)) this.from.pause();
    } else if (item === 'end') {
      this.to.end();
    } else {
      reset(this.to);
    }
  }

  #drop(): void {
    this.#queue.length = 0;
    this.pending = 0;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#drop();
    // What comes now has nowhere to go; but it must be read, for the end of it to be seen.
    this.from.resume();
  }
}

/** A client's connection, with its connection to the server unless there is none. */
interface Link {
  sockets: Socket[];
  lanes: Lane[];
}

/**
 * A network between a client and a server, on loopback, that can be made to fail. `incoming` is
 * from the server to the client, as the client sees it, `outgoing` from the client to the server.
 *
 * It runs on this thread: a test that blocks the event loop blocks the network too.
 */
export class TcpProxy {
  /** Connections that clients have made. */
  accepted = 0;
  /** Bytes delivered to the server. */
  bytesOut = 0;
  /** Bytes delivered to the clients. */
  bytesIn = 0;

  readonly #incoming = working();
  readonly #outgoing = working();
  readonly #links = new Set<Link>();
  #listener: Server | null = null;
  #port = 0;

  private constructor(
    /** The address of the server. */
    readonly target: string,
    readonly host: string,
  ) {}

  /** Starts a proxy to `target` (`host:port`) on a free port of `host`, 127.0.0.1 or ::1. */
  static async start(target: string, { host = '127.0.0.1' } = {}): Promise<TcpProxy> {
    const proxy = new TcpProxy(target, host);
    await proxy.accept();
    return proxy;
  }

  /** Where clients connect to, `host:port`: the same for the proxy's life. */
  get address(): string {
    return formatAddress(this.host, this.#port);
  }

  /** Connections that are open. */
  get open(): number {
    return this.#links.size;
  }

  /** Bytes from the server that are held back. */
  get pendingIncoming(): number {
    return this.#pending(this.#incoming);
  }

  /** Bytes from the clients that are held back. */
  get pendingOutgoing(): number {
    return this.#pending(this.#outgoing);
  }

  /** Resets every connection, at both ends. New ones are accepted. */
  cut(): void {
    for (const link of this.#links) {
      for (const socket of link.sockets) reset(socket);
    }
  }

  /** Refuses new connections, as a port where nobody listens. Those there are stay. */
  refuse(): void {
    this.#listener?.close();
    this.#listener = null;
  }

  /** Ends {@link TcpProxy.refuse}. */
  async accept(): Promise<void> {
    if (this.#listener !== null) return;
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      this.#connected(client);
    });
    this.#listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ host: this.host, port: this.#port }, resolve);
    });
    const address = listener.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  /** Keeps what the server sends, its end of a connection too, until it is released. */
  holdIncoming(): void {
    this.#incoming.held = true;
  }

  /** Delivers what was held, in order, and all that follows. */
  releaseIncoming(): void {
    this.#release(this.#incoming);
  }

  /** Keeps what the clients send, their end of a connection too, until it is released. */
  holdOutgoing(): void {
    this.#outgoing.held = true;
  }

  /** Delivers what was held, in order, and all that follows. */
  releaseOutgoing(): void {
    this.#release(this.#outgoing);
  }

  /** Delivers everything `ms` later, in both directions: a round trip takes twice that. */
  delay(ms: number): void {
    this.#incoming.delay = ms;
    this.#outgoing.delay = ms;
  }

  /** Lets so many bytes through in a second, in each direction of each connection. */
  throttle(bytesPerSecond: number): void {
    this.#incoming.rate = bytesPerSecond / 1000;
    this.#outgoing.rate = bytesPerSecond / 1000;
  }

  /** Ends one direction of every connection, as a peer does that has nothing more to say, and leaves the other. */
  halfClose(direction: Direction): void {
    for (const lane of this.#lanes(this.#rules(direction))) lane.to.end();
  }

  /**
   * Loses everything, in one direction or in both, ends of connections included. New connections are
   * accepted, and go nowhere. What is lost stays lost: {@link TcpProxy.restore} resets these.
   */
  blackHole(...directions: readonly Direction[]): void {
    const lost = directions.length === 0 ? (['incoming', 'outgoing'] as const) : directions;
    for (const direction of lost) this.#rules(direction).lost = true;
  }

  /** Back to a network that works: ends everything above. */
  async restore(): Promise<void> {
    if (this.#incoming.lost || this.#outgoing.lost) this.cut();
    for (const rules of [this.#incoming, this.#outgoing]) {
      rules.lost = false;
      rules.delay = 0;
      rules.rate = Infinity;
      this.#release(rules);
    }
    await this.accept();
  }

  /** Ends the proxy and all its connections. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    this.cut();
    // A reset waits for what is still to be written, which nobody may ever read.
    for (const link of this.#links) {
      for (const socket of link.sockets) socket.destroy();
    }
    await new Promise<void>((resolve) => {
      if (listener === null) resolve();
      else listener.close(() => resolve());
    });
  }

  #connected(client: Socket): void {
    this.accepted += 1;
    if (this.#incoming.lost && this.#outgoing.lost) {
      client.resume();
      this.#add({ sockets: [client], lanes: [] });
      return;
    }
    const server = connect({ ...parseAddress(this.target), allowHalfOpen: true, noDelay: true });
    this.#add({
      sockets: [client, server],
      lanes: [
        new Lane(client, server, this.#outgoing, (bytes) => {
          this.bytesOut += bytes;
        }),
        new Lane(server, client, this.#incoming, (bytes) => {
          this.bytesIn += bytes;
        }),
      ],
    });
  }

  #add(link: Link): void {
    this.#links.add(link);
    let left = link.sockets.length;
    for (const socket of link.sockets) {
      socket.on('error', () => {});
      socket.on('close', () => {
        left -= 1;
        if (left === 0) this.#links.delete(link);
      });
    }
  }

  #rules(direction: Direction): Rules {
    return direction === 'incoming' ? this.#incoming : this.#outgoing;
  }

  #release(rules: Rules): void {
    rules.held = false;
    for (const lane of this.#lanes(rules)) lane.flush();
  }

  #lanes(rules: Rules): Lane[] {
    return [...this.#links].flatMap(({ lanes }) => lanes.filter((lane) => lane.rules === rules));
  }

  #pending(rules: Rules): number {
    return this.#lanes(rules).reduce((sum, { pending }) => sum + pending, 0);
  }
}
