import { type Conn, CreateFlag, connect, op, type ZooKeeperEvent } from 'libzookeeper';
import {
  type Callbacks,
  type Client,
  OPERATIONS_OF_A_MULTI,
  type RequestArguments,
} from './client.js';

/** This package. */
export class Ours implements Client {
  #conn!: Conn;

  async connect(address: string, ca?: string): Promise<void> {
    this.#conn = await connect(address, {
      sessionTimeout: 30_000,
      ...(ca === undefined ? {} : { tls: { ca } }),
    });
  }

  close(): Promise<void> {
    return this.#conn.close();
  }

  requester(
    { operation, path, data }: RequestArguments,
    { done, fail }: Callbacks,
  ): (() => void) | string {
    const conn = this.#conn;
    switch (operation) {
      case 'get':
        return () => void conn.get(path).then(done, fail);
      case 'set':
        return () => void conn.set(path, data).then(done, fail);
      case 'exists':
        return () => void conn.exists(path).then(done, fail);
      case 'create': {
        const options = { flags: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE };
        return () => void conn.create(path, data, options).then(done, fail);
      }
      case 'children':
        return () => void conn.children(path).then(done, fail);
      case 'multi': {
        return () => {
          const operations = Array.from({ length: OPERATIONS_OF_A_MULTI }, () =>
            op.set(path, data),
          );
          void conn.multi(operations).then(done, fail);
        };
      }
    }
  }

  watch(path: string, { done, fail }: Callbacks): void {
    this.#conn.existsW(path).then(done, fail);
  }

  async reconnected(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#conn.on('session', (event: ZooKeeperEvent) => {
        if (event.ok) resolve();
      });
    });
  }
}
