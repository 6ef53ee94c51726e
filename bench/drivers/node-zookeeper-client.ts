import { createRequire } from 'node:module';
import {
  type Callbacks,
  type Client,
  OPERATIONS_OF_A_MULTI,
  type RequestArguments,
} from './client.js';

type Callback = (error: { readonly name: string } | null) => void;

/** What of npm's `node-zookeeper-client` is used; it has no types. */
interface Peer {
  connect(): void;
  close(): void;
  once(event: string, listener: () => void): void;
  getData(path: string, callback: Callback): void;
  setData(path: string, data: Buffer, callback: Callback): void;
  exists(path: string, callback: Callback): void;
  exists(path: string, watcher: () => void, callback: Callback): void;
  create(path: string, data: Buffer, mode: number, callback: Callback): void;
  getChildren(path: string, callback: Callback): void;
  transaction(): Transaction;
}
interface Transaction {
  setData(path: string, data: Buffer): Transaction;
  commit(callback: Callback): void;
}
interface PeerModule {
  createClient(address: string, options: { readonly sessionTimeout: number }): Peer;
  readonly CreateMode: { readonly EPHEMERAL_SEQUENTIAL: number };
}

/** npm's `node-zookeeper-client`: the protocol in JavaScript. */
export class NodeZooKeeperClient implements Client {
  readonly #module: PeerModule;
  #client!: Peer;

  /** @param peers - the directory that it is installed in */
  constructor(peers: string) {
    this.#module = createRequire(`${peers}/`)('node-zookeeper-client') as PeerModule;
  }

  async connect(address: string): Promise<void> {
    this.#client = this.#module.createClient(address, { sessionTimeout: 30_000 });
    const connected = new Promise<void>((resolve) => this.#client.once('connected', resolve));
    this.#client.connect();
    await connected;
  }

  async close(): Promise<void> {
    const disconnected = new Promise<void>((resolve) => this.#client.once('disconnected', resolve));
    this.#client.close();
    await disconnected;
  }

  requester(
    { operation, path, data }: RequestArguments,
    { done, fail }: Callbacks,
  ): (() => void) | string {
    const client = this.#client;
    const callback: Callback = (error) => (error ? fail(error) : done());
    switch (operation) {
      case 'get':
        return () => client.getData(path, callback);
      case 'set':
        return () => client.setData(path, data, callback);
      case 'exists':
        return () => client.exists(path, callback);
      case 'create': {
        const mode = this.#module.CreateMode.EPHEMERAL_SEQUENTIAL;
        return () => client.create(path, data, mode, callback);
      }
      case 'children':
        return () => client.getChildren(path, callback);
      case 'multi':
        return () => {
          const transaction = client.transaction();
          for (let i = 0; i < OPERATIONS_OF_A_MULTI; i += 1) transaction.setData(path, data);
          transaction.commit(callback);
        };
    }
  }

  watch(path: string, { done, fail }: Callbacks): void {
    this.#client.exists(path, onWatch, (error) => (error ? fail(error) : done()));
  }

  async reconnected(): Promise<void> {
    await new Promise<void>((resolve) => this.#client.once('connected', resolve));
  }
}

function onWatch(): void {}
