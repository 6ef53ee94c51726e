import { connect, createServer } from 'node:net';

/**
 * A network between clients and a server, on loopback and in this process, that can be made to fail.
 * test/support's is TypeScript, and a scenario's process is not.
 */
export class Network {
  #links = new Set();
  #listener;
  #target;
  #isRefusing = false;
  #held;
  #bytesPerTick = Number.POSITIVE_INFINITY;

  static async start(target) {
    const network = new Network();
    const [host, port] = target.split(':');
    network.#target = { host, port: Number(port) };
    network.#listener = createServer((client) => network.#connected(client));
    await new Promise((resolve) => network.#listener.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get address() {
    return `127.0.0.1:${this.#listener.address().port}`;
  }

  /** Ends every connection. */
  cut() {
    for (const link of [...this.#links]) for (const socket of link) socket.destroy();
  }

  /** Ends every connection that comes, at once; or lets them be again. */
  refuse(isRefusing = true) {
    this.#isRefusing = isRefusing;
  }

  /** Loses what the server sends on the connections that there are. */
  lose() {
    for (const [, server] of this.#links) server.removeAllListeners('data').resume();
  }

  /** Keeps what the server sends. */
  hold() {
    this.#held ??= [];
  }

  /** Delivers what was kept, and what follows. */
  release() {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const deliver of held) deliver();
  }

  /** Delivers what the server sends in so many bytes each millisecond. */
  slow(bytesPerTick) {
    this.#bytesPerTick = bytesPerTick;
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #connected(client) {
    if (this.#isRefusing) {
      client.destroy();
      return;
    }
    const server = connect(this.#target);
    const link = [client, server];
    this.#links.add(link);
    const queue = [];
    let timer;
    const pump = () => {
      const bytes = Buffer.concat(queue.splice(0));
      client.write(bytes.subarray(0, this.#bytesPerTick));
      if (bytes.length > this.#bytesPerTick) queue.push(bytes.subarray(this.#bytesPerTick));
      timer = queue.length > 0 ? setTimeout(pump, 1) : undefined;
    };
    const deliver = (bytes) => {
      if (this.#bytesPerTick === Number.POSITIVE_INFINITY) {
        client.write(bytes);
        return;
      }
      queue.push(bytes);
      timer ??= setTimeout(pump, 1);
    };
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => {
      if (this.#held === undefined) deliver(bytes);
      else this.#held.push(() => deliver(bytes));
    });
    for (const socket of link) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        clearTimeout(timer);
        this.#links.delete(link);
        for (const other of link) other.destroy();
      });
    }
  }
}
