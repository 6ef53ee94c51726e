import { createRequire } from 'node:module';
import type { Callbacks, Client, RequestArguments } from './client.js';

type Callback = (rc: number, error: string) => void;

/** What of npm's `zookeeper` is used. */
interface Peer {
  init(config: object): void;
  close(): void;
  once(event: string, listener: () => void): void;
  a_get(path: string, watch: boolean, callback: Callback): void;
  a_set(path: string, data: Buffer, version: number, callback: Callback): void;
  a_exists(path: string, watch: boolean, callback: Callback): void;
  aw_exists(path: string, watcher: () => void, callback: Callback): void;
  a_create(path: string, data: Buffer, flags: number, callback: Callback): void;
  a_get_children2(path: string, watch: boolean, callback: Callback): void;
}
interface PeerModule {
  new (config: object): Peer;
  readonly ZOO_EPHEMERAL: number;
  readonly ZOO_SEQUENCE: number;
}

const ZNONODE = -101;

/** npm's `zookeeper`: the single-threaded C client on the event loop. */
export class NpmZooKeeper implements Client {
  readonly #module: PeerModule;
  #client!: Peer;

  /** @param peers - the directory that it is installed in */
  constructor(peers: string) {
    this.#module = createRequire(`${peers}/`)('zookeeper') as PeerModule;
  }

  async connect(address: string): Promise<void> {
    this.#client = new this.#module({
      connect: address,
      timeout: 30_000,
      debug_level: 1,
      host_order_deterministic: false,
      data_as_buffer: true,
    });
    const connected = new Promise<void>((resolve) => this.#client.once('connect', resolve));
    this.#client.init({});
    await connected;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#client.once('close', resolve));
    this.#client.close();
    await closed;
  }

  requester(
    { operation, path, data }: RequestArguments,
    { done, fail }: Callbacks,
  ): (() => void) | string {
    const client = this.#client;
    const callback: Callback = (rc, error) => (rc === 0 ? done() : fail(error));
    switch (operation) {
      case 'get':
        return () => client.a_get(path, false, callback);
      case 'set':
        return () => client.a_set(path, data, -1, callback);
      case 'exists':
        return () => client.a_exists(path, false, callback);
      case 'create': {
        const flags = this.#module.ZOO_EPHEMERAL | this.#module.ZOO_SEQUENCE;
        return () => client.a_create(path, data, flags, callback);
      }
      case 'children':
        return () => client.a_get_children2(path, false, callback);
      case 'multi':
        return 'not in it';
    }
  }

  watch(path: string, { done, fail }: Callbacks): void {
    this.#client.aw_exists(path, onWatch, (rc, error) =>
      rc === 0 || rc === ZNONODE ? done() : fail(error),
    );
  }

  async reconnected(): Promise<void> {
    await new Promise<void>((resolve) => this.#client.once('connect', resolve));
  }
}

function onWatch(): void {}
