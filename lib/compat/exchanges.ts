import { addon } from '../native.js';
import type { Reply } from '../records.js';
import { aclOf } from './acl.js';
import type { Send } from './session.js';
import { statOf } from './stat.js';
import type { stat } from './types.js';

/** A request, and what its reply is to the callback. */
export interface Exchange {
  /** Hands the request to the C client. */
  readonly send: Send;
  /** What the callback is given behind the code and its text when there is no result. */
  readonly failure: readonly unknown[];
  /** What it is given when there is one. @param sessionId - the session that asked */
  result(reply: Reply, sessionId: bigint): readonly unknown[];
}

const noValues: readonly unknown[] = [];
const oneNull: readonly unknown[] = [null];
const twoNulls: readonly unknown[] = [null, null];
/** So the original writes a path that there is not. */
const noPath: readonly unknown[] = ['null'];

function resultStat(reply: Reply, sessionId: bigint): stat | null {
  return reply.stat === undefined ? null : statOf(reply.stat, sessionId);
}

/** `zoo_acreate_ttl` */
export function create(path: string, data: Uint8Array, flags: number, ttl: number): Exchange {
  return {
    send: (client, id) => addon.create(client, id, path, data, null, flags, ttl, false),
    failure: noPath,
    result: (reply) => [reply.createdPath],
  };
}

/** `zoo_awexists` */
export function exists(path: string, watch: boolean): Exchange {
  return {
    send: (client, id) => addon.exists(client, id, path, watch),
    failure: oneNull,
    result: (reply, sessionId) => [resultStat(reply, sessionId)],
  };
}

/** `zoo_awget` */
export function get(path: string, watch: boolean): Exchange {
  return {
    send: (client, id) => addon.get(client, id, path, watch),
    failure: twoNulls,
    result: (reply, sessionId) => [
      resultStat(reply, sessionId),
      reply.isNullData ? null : reply.data,
    ],
  };
}

/** `zoo_awget_children2`, without the stat */
export function getChildren(path: string, watch: boolean): Exchange {
  return {
    send: (client, id) => addon.children(client, id, path, watch),
    failure: oneNull,
    result: (reply) => [reply.children.list()],
  };
}

/** `zoo_awget_children2` */
export function getChildren2(path: string, watch: boolean): Exchange {
  return {
    send: (client, id) => addon.children(client, id, path, watch),
    failure: twoNulls,
    result: (reply, sessionId) => [reply.children.list(), resultStat(reply, sessionId)],
  };
}

/** `zoo_aset` */
export function set(path: string, data: Uint8Array, version: number): Exchange {
  return {
    send: (client, id) => addon.set(client, id, path, data, version),
    failure: oneNull,
    result: (reply, sessionId) => [resultStat(reply, sessionId)],
  };
}

/** `zoo_adelete` */
export function remove(path: string, version: number): Exchange {
  return {
    send: (client, id) => addon.delete(client, id, path, version),
    failure: noValues,
    result: () => noValues,
  };
}

/** `zoo_aget_acl` */
export function getAcl(path: string): Exchange {
  return {
    send: (client, id) => addon.getAcl(client, id, path),
    failure: twoNulls,
    result: (reply, sessionId) => [aclOf(reply.acl), resultStat(reply, sessionId)],
  };
}

/** `zoo_aset_acl`. @param acl - packed; null is the open list */
export function setAcl(path: string, version: number, acl: Buffer | null): Exchange {
  return {
    send: (client, id) => addon.setAcl(client, id, path, acl, version),
    failure: noValues,
    result: () => noValues,
  };
}

/** `zoo_async` */
export function sync(path: string): Exchange {
  return {
    send: (client, id) => addon.sync(client, id, path),
    failure: noPath,
    result: () => [path],
  };
}

/** `zoo_awgetconfig` */
export function getConfig(watch: boolean, belowChroot: boolean): Exchange {
  const send: Send = (client, id) => addon.getConfig(client, id, watch, belowChroot);
  return { ...get('', watch), send };
}

/** `zoo_areconfig`. Lists with commas, empty for none. */
export function reconfig(
  joining: string,
  leaving: string,
  members: string,
  version: bigint,
): Exchange {
  const send: Send = (client, id) => addon.reconfig(client, id, joining, leaving, members, version);
  return { ...get('', false), send };
}
