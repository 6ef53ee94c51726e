import { posix } from 'node:path';
import { ErrorCode } from '../error-code.js';
import { codeText } from './code-text.js';
import type { mkdirCb, pathCb } from './types.js';

/** What the nodes hold that are made on the way. */
const DATA = 'created by zk-mkdir-p';

/** Creates one plain node: `a_create`. */
export type CreateNode = (path: string, data: string, flags: number, callback: pathCb) => number;

function failure(rc: number): Error {
  return new Error(`Zookeeper Error: code=${rc}   ${codeText(rc)}`);
}

/** The path and all that are above it, the highest first; undefined for a path that does not begin at the root. */
function ancestry(path: string): string[] | undefined {
  const normal = posix.normalize(path);
  if (!normal.startsWith('/')) return undefined;
  const names = normal.split('/').filter((name) => name !== '');
  if (names.length === 0) return ['/'];
  return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
}

/**
 * Creates a node and all that are missing above it.
 *
 * 1. An empty path is done.
 * 2. From the top on, creates each node; that there is one already is as good.
 * 3. Any other failure is the end, also one that {@link CreateNode} returns.
 *
 * @throws TypeError for a path that is no string
 */
export function mkdirp(create: CreateNode, path: string, callback: mkdirCb): void {
  const nodes = ancestry(path);
  if (path === '') {
    callback(null, true);
  } else if (nodes === undefined) {
    process.nextTick(() => callback(failure(ErrorCode.ZBADARGUMENTS)));
  } else {
    createEach(create, nodes, callback);
  }
}

function createEach(create: CreateNode, nodes: readonly string[], callback: mkdirCb): void {
  const [first, ...others] = nodes;
  if (first === undefined) {
    callback(null, true);
    return;
  }
  const rc = create(first, DATA, 0, (code) => {
    if (code === ErrorCode.ZOK || code === ErrorCode.ZNODEEXISTS) {
      createEach(create, others, callback);
    } else {
      callback(failure(code));
    }
  });
  if (rc < 0) process.nextTick(() => callback(failure(rc)));
}
