import { type Constants, constants } from './constants.js';
import type { Callback } from './pending-callbacks.js';
import type { acl, aclObject, stat, watchCb } from './types.js';
import { ZkPromise } from './zk-promise.js';
import { type DataArgument, type VersionArgument, ZooKeeper } from './zookeeper.js';

/** The names of the codes that requests return without calling back. */
const refusals: ReadonlyMap<number, string> = new Map(
  Object.entries(constants)
    .filter(([name]) => /^Z[^O]/.test(name) || name === 'ZOPERATIONTIMEOUT')
    .map(([name, code]) => [code as number, name]),
);

/** A request, as a callback class has it. */
type RequestMethod = (...values: never[]) => number;

/**
 * The client of npm's `zookeeper`, with promises: what the module exports.
 *
 * The promises reject with an Error whose message is the code and its text, `'-101 no node'`; or, for arguments that are
 * refused at the call, `'fn: "a_get" args: "…" result: "ZBADARGUMENTS -8"'`. That there is no node rejects, too.
 */
export class ZooKeeperPromise extends ZooKeeper {
  /** The class. @deprecated */
  static get ZK(): typeof ZooKeeperPromise {
    return ZooKeeperPromise;
  }

  /** The constants, by their names. */
  static get constants(): Constants {
    return constants;
  }

  /** The class with callbacks only. @deprecated */
  static get ZooKeeper(): typeof ZooKeeper {
    return ZooKeeper;
  }

  /** The class. */
  static get Promise(): typeof ZooKeeperPromise {
    return ZooKeeperPromise;
  }

  /** Resolves to the client when `connect` is emitted the next time. @deprecated listen to `connect` */
  on_connected(): ZkPromise<this> {
    return new ZkPromise((resolve) => {
      this.once('connect', resolve);
    });
  }

  /** Creates a node; resolves to its path. @param ttl - only with flags that ask for one */
  create(
    path: string,
    data?: DataArgument,
    flags?: number,
    ttl: number | null | undefined = undefined,
  ): ZkPromise<string> {
    return ttl === undefined || ttl === null
      ? this.promisify(this.a_create, [path, data, flags])
      : this.promisify(this.a_createTtl, [path, data, flags, ttl]);
  }

  /** Resolves to a node's stat; rejects when there is no such node, with the watch set all the same. */
  exists(path: string, watch?: boolean): ZkPromise<stat> {
    return this.promisify(this.a_exists, [path, watch]);
  }

  /** Resolves to whether there is a node; false, too, when that cannot be asked. */
  async pathExists(path: string, watch?: boolean): Promise<boolean> {
    return this.exists(path, watch).then(
      () => true,
      () => false,
    );
  }

  /** As {@link exists}. */
  w_exists(path: string, watchCb: watchCb): ZkPromise<stat> {
    return this.promisify(this.aw_exists, [path, watchCb]);
  }

  /** As {@link pathExists}. */
  async w_pathExists(path: string, watchCb: watchCb): Promise<boolean> {
    return this.w_exists(path, watchCb).then(
      () => true,
      () => false,
    );
  }

  /** Resolves to a node's stat and data. */
  get(path: string, watch?: boolean): ZkPromise<[stat, string | Buffer]> {
    return this.promisify(this.a_get, [path, watch]);
  }

  /** As {@link get}. */
  w_get(path: string, watchCb: watchCb): ZkPromise<[stat, string | Buffer]> {
    return this.promisify(this.aw_get, [path, watchCb]);
  }

  /** Resolves to the names of a node's children. */
  get_children(path: string, watch?: boolean): ZkPromise<string[]> {
    return this.promisify(this.a_get_children, [path, watch]);
  }

  /** As {@link get_children}. */
  w_get_children(path: string, watchCb: watchCb): ZkPromise<string[]> {
    return this.promisify(this.aw_get_children, [path, watchCb]);
  }

  /** Resolves to the names of a node's children, and its stat. */
  get_children2(path: string, watch?: boolean): ZkPromise<[string[], stat]> {
    return this.promisify(this.a_get_children2, [path, watch]);
  }

  /** As {@link get_children2}. */
  w_get_children2(path: string, watchCb: watchCb): ZkPromise<[string[], stat]> {
    return this.promisify(this.aw_get_children2, [path, watchCb]);
  }

  /** Sets a node's data; resolves to its stat. */
  set(path: string, data: DataArgument, version?: VersionArgument): ZkPromise<stat> {
    return this.promisify(this.a_set, [path, data, version]);
  }

  /** Removes a node. */
  delete_(path: string, version?: VersionArgument): ZkPromise<[]> {
    return this.promisify(this.a_delete_, [path, version]);
  }

  /** Resolves to a node's access control list, and its stat. */
  get_acl(path: string): ZkPromise<[aclObject[], stat]> {
    return this.promisify(this.a_get_acl, [path]);
  }

  /** Sets a node's access control list. */
  set_acl(path: string, version: VersionArgument, acl: acl): ZkPromise<[]> {
    return this.promisify(this.a_set_acl, [path, version, acl]);
  }

  /** Waits until the server has seen all that the leader had done; resolves to the path. */
  sync(path: string): ZkPromise<string> {
    return this.promisify(this.a_sync, [path]);
  }

  /** Resolves to the stat and the data of the ensemble's configuration. */
  getconfig(watch?: boolean): ZkPromise<[stat, string | Buffer]> {
    return this.promisify(this.a_getconfig, [watch]);
  }

  /** As {@link getconfig}. */
  w_getconfig(watchCb: watchCb): ZkPromise<[stat, string | Buffer]> {
    return this.promisify(this.aw_getconfig, [watchCb]);
  }

  /** Changes the ensemble; resolves to the stat and the data of its configuration. */
  reconfig(
    joining: string | null,
    leaving: string | null,
    members: string | null,
    config_version: number,
  ): ZkPromise<[stat, string | Buffer]> {
    return this.promisify(this.a_reconfig, [joining, leaving, members, config_version]);
  }

  /**
   * Calls a method with a callback of its own behind the arguments. One value behind code and text is the result; of several,
   * or none, it is an array.
   */
  promisify<Result>(fn: RequestMethod, args: readonly unknown[]): ZkPromise<Result> {
    return new ZkPromise((resolve, reject) => {
      const callback = (rc: number, error: string, ...values: unknown[]): void => {
        if (rc === 0) resolve((values.length === 1 ? values[0] : values) as Result);
        else reject(new Error(`${rc} ${error}`));
      };
      const rc = fn.apply(this, [...args, callback as Callback] as never[]);
      if (rc === 0) return;
      reject(new Error(`fn: "${fn.name}" args: "${args}" result: "${refusals.get(rc)} ${rc}"`));
    });
  }
}
