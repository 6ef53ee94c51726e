import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The network cable between a client and its server, for the tour to pull out and plug in: it
 * hands bytes on from a port of its own to the server's, on loopback.
 */
export class Cable {
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  readonly #listener: Server;
  readonly #server: number;

  private constructor(listener: Server, server: number) {
    this.#listener = listener;
    this.#port = (listener.address() as AddressInfo).port;
    this.#server = server;
    listener.on('connection', (client) => this.#join(client));
  }

  /** @param address - the server's, `127.0.0.1:port` */
  static async to(address: string): Promise<Cable> {
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new Cable(listener, Number(address.split(':')[1]));
  }

  /** Where the client connects to. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Cuts the connections that there are, and lets no new one in. */
  pull(): void {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets connections in again. */
  async plug(): Promise<void> {
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
  }

  #join(client: Socket): void {
    const server = connect(this.#server, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true).pipe(to);
      // A connection that breaks is what this is about; 'close' follows.
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
