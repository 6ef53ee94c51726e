import { connected, constants, type ZooKeeper } from '../client.js';

/** Where services have their instances. */
export const root = '/compat-registry';

/** An instance of a service, as it is found in the registry. */
export class Instance {
  readonly #client: ZooKeeper;
  readonly #path: string;

  private constructor(client: ZooKeeper, path: string) {
    this.#client = client;
    this.#path = path;
  }

  /** Registers an instance: an ephemeral node, so that it is there for as long as its process. */
  static async register(servers: string, service: string, address: string): Promise<Instance> {
    const client = await connected(servers);
    const flags = constants.ZOO_EPHEMERAL | constants.ZOO_SEQUENCE;
    const path = await client.create(`${root}/${service}/instance-`, address, flags);
    return new Instance(client, path);
  }

  /** Is at another address from now on. */
  async move(address: string): Promise<void> {
    const { version } = await this.#client.exists(this.#path, false);
    await this.#client.set(this.#path, address, version);
  }

  /** Is no more. */
  close(): void {
    this.#client.close();
  }
}
