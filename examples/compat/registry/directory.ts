import { constants, type ZooKeeper } from '../client.js';
import { watchChildren } from '../watch-children.js';
import { root } from './instance.js';

/** The addresses of one service, kept up to date. */
export class Directory {
  readonly #client: ZooKeeper;
  readonly #path: string;
  readonly #addresses = new Map<string, string>();
  readonly #onChange: (addresses: string[]) => void;
  readonly #stop: () => void;

  /** @param onChange - called with all addresses, whenever one is new, has changed or is gone */
  constructor(client: ZooKeeper, service: string, onChange: (addresses: string[]) => void) {
    this.#client = client;
    this.#path = `${root}/${service}`;
    this.#onChange = onChange;
    this.#stop = watchChildren(client, this.#path, (names) => this.#onNames(names));
  }

  /** Looks no more. */
  close(): void {
    this.#stop();
  }

  #onNames(names: readonly string[]): void {
    const gone = [...this.#addresses.keys()].filter((name) => !names.includes(name));
    for (const name of gone) this.#addresses.delete(name);
    for (const name of names) if (!this.#addresses.has(name)) this.#read(name);
    if (gone.length > 0) this.#tell();
  }

  /** With callbacks, for a change. */
  #read(name: string): void {
    this.#addresses.set(name, '');
    const watcher = (type: number): void => {
      if (type === constants.ZOO_CHANGED_EVENT) this.#read(name);
    };
    this.#client.aw_get(`${this.#path}/${name}`, watcher, (rc, _error, _stat, data) => {
      // It went meanwhile; the watch on the children tells.
      if (rc !== constants.ZOK) return;
      this.#addresses.set(name, data.toString());
      this.#tell();
    });
  }

  /** Once each is known. */
  #tell(): void {
    const addresses = [...this.#addresses.values()];
    if (!addresses.includes('')) this.#onChange(addresses.sort());
  }
}
