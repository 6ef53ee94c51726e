import * as library from 'libzookeeper';
import { type Conn, CreateFlag, connect, type ZooKeeperEvent } from 'libzookeeper';
import {
  type Callbacks,
  type Client,
  OPERATIONS_OF_A_MULTI,
  type RequestArguments,
} from './client.js';

/** What is not built yet in each checkout that this is run in, and therefore not in the types. */
interface Multi {
  readonly op?: { set(path: string, data: Uint8Array): unknown };
}
interface MultiConn {
  multi?(operations: readonly unknown[]): Promise<unknown>;
}

/** This package. */
export class Ours implements Client {
  #conn!: Conn;

  async connect(address: string): Promise<void> {
    this.#conn = await connect(address, { sessionTimeout: 30_000 });
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
        const { op } = library as unknown as Multi;
        const multi = (conn as unknown as MultiConn).multi?.bind(conn);
        if (op === undefined || multi === undefined) return 'not built';
        return () => {
          const operations = Array.from({ length: OPERATIONS_OF_A_MULTI }, () =>
            op.set(path, data),
          );
          void multi(operations).then(done, fail);
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
