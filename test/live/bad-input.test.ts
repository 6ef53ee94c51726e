import * as libzookeeper from 'libzookeeper';
import {
  ClientId,
  type Conn,
  connect,
  Ensemble,
  ErrorCode,
  isError,
  Server,
  ZooKeeperError,
} from 'libzookeeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectingRows } from '../support/bad-input/connecting.js';
import { ensembleRows } from '../support/bad-input/ensembles.js';
import { operationRows } from '../support/bad-input/operations.js';
import { otherRows, withoutArguments } from '../support/bad-input/others.js';
import type { Row, Subjects } from '../support/bad-input/row.js';
import type { Sample } from '../support/bad-input/values.js';
import { startServer } from '../support/server.js';
import { snapshot } from '../support/snapshot.js';
import { newDirectory } from '../support/workspace.js';

const rows: readonly Row[] = [...connectingRows, ...operationRows, ...ensembleRows, ...otherRows];

/** What every row's call is given to work with. */
let subjects: Subjects;
let conn: Conn;
let before: unknown;

beforeAll(async () => {
  const { address } = await startServer();
  conn = await connect(address);
  await conn.create('/bad');
  await conn.create('/bad/node', 'before');
  subjects = {
    address,
    conn,
    watch: (await conn.getW('/bad/node')).watch,
    clientId: new ClientId(1n, Buffer.alloc(16)),
    server: await Server.create({ port: 0, runDir: newDirectory() }),
    ensemble: await Ensemble.create({ runDir: newDirectory(), size: 1 }),
  };
  before = await snapshot(conn);
});

afterAll(() => conn[Symbol.asyncDispose]());

/** What is wrong with the way in which a call refuses a value; undefined for nothing. */
async function faultOf(row: Row, sample: Sample): Promise<string | undefined> {
  let result: unknown;
  try {
    result = row.call(subjects, sample.make());
  } catch (error) {
    return row.throws ? faultOfError(row, sample, error) : `throws, and should reject: ${error}`;
  }
  if (!row.throws && !(result instanceof Promise)) return 'does not return a promise';
  try {
    const value = await result;
    if (value instanceof libzookeeper.Conn) await value.close();
    return 'takes it';
  } catch (error) {
    return row.throws ? `rejects, and should throw: ${error}` : faultOfError(row, sample, error);
  }
}

function faultOfError(row: Row, sample: Sample, error: unknown): string | undefined {
  const text = String(error).slice(0, 200);
  // JavaScript itself refuses to look at one.
  if (/revoked Proxy/.test(sample.name) && error instanceof TypeError) return undefined;
  if (error instanceof ZooKeeperError) {
    if (!isError(error, ErrorCode.ZBADARGUMENTS)) return `has the wrong code: ${text}`;
  } else if (!(error instanceof TypeError || error instanceof RangeError)) {
    return `is no error of ours: ${text}`;
  }
  const names = new RegExp(`(?<!\\w)${row.argument.replace(/[[\].]/g, '\\$&')}(?!\\w)`);
  return names.test((error as Error).message) ? undefined : `does not name it: ${text}`;
}

describe('wrong input is refused, with an error that names the argument:', () => {
  it.each(rows)('$name, $argument', async (row) => {
    const faults: string[] = [];
    for (const sample of row.samples) {
      const fault = await faultOf(row, sample);
      if (fault !== undefined) faults.push(`${sample.name}: ${fault}`);
    }
    expect(faults.join('\n')).toBe('');
    expect(row.samples.length).toBeGreaterThan(0);
  });

  it('and nothing on the server has changed', async () => {
    expect(await snapshot(conn)).toEqual(before);
    expect(subjects.watch.closed).toBe(false);
    expect(conn.state).toBe(libzookeeper.State.CONNECTED);
  });
});

describe('the table', () => {
  it('has every function and method of the package', () => {
    const listed = new Set([...rows.map(({ name }) => name), ...withoutArguments]);
    expect([...publicFunctions()].filter((name) => !listed.has(name))).toEqual([]);
  });
});

function* publicFunctions(): Generator<string> {
  for (const [name, value] of Object.entries(libzookeeper)) {
    if (typeof value !== 'function') continue;
    if (!/^[A-Z]/.test(name)) {
      yield name;
      continue;
    }
    yield `new ${name}`;
    yield* methods(name, value);
    yield* methods(name, value.prototype);
  }
}

function* methods(name: string, owner: object): Generator<string> {
  for (const key of Reflect.ownKeys(owner)) {
    const { value } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
    if (key !== 'constructor' && key !== 'prototype' && typeof value === 'function') {
      yield `${name}.${key === Symbol.asyncDispose ? 'asyncDispose' : String(key)}`;
    }
  }
}

describe('after close', () => {
  let closed: Conn;
  beforeAll(async () => {
    closed = await connect(subjects.address);
    await closed.close();
  });

  const operations: Readonly<Record<string, readonly unknown[]>> = {
    get: ['/bad/node'],
    getW: ['/bad/node'],
    children: ['/bad'],
    childrenW: ['/bad'],
    exists: ['/bad/x'],
    existsW: ['/bad/x'],
    create: ['/bad/x', 'data'],
    createWithStat: ['/bad/x'],
    set: ['/bad/node', 'after'],
    delete: ['/bad/node'],
    acl: ['/bad/node'],
    setACL: ['/bad/node', [{ perms: 1, scheme: 'world', id: 'anyone' }]],
    multi: [[{ type: 'delete', path: '/bad/node', version: -1 }]],
    addAuth: ['digest', 'user:password'],
    sync: ['/bad'],
    retryChange: ['/bad/node', () => 'after'],
    config: [],
    configW: [],
    reconfig: [{ leaving: 1 }],
    setServers: ['127.0.0.1:2181'],
    close: [],
  };

  it.each(Object.entries(operations))('%s rejects with ZCLOSING', async (name, args) => {
    const method = closed[name as 'get'] as unknown as (...args: unknown[]) => Promise<unknown>;
    const result = method.apply(closed, [...args]);
    expect(result).toBeInstanceOf(Promise);
    await expect(result).rejects.toMatchObject({ code: 'ZCLOSING', errno: -116 });
    await expect(result).rejects.toThrow(/zookeeper is closing$/);
  });

  it('every operation of Conn is among these', () => {
    const all = [...methods('Conn', libzookeeper.Conn.prototype)];
    const missing = all.filter((name) => operations[name.replace('Conn.', '')] === undefined);
    expect(missing).toEqual(['Conn.asyncDispose']);
  });

  it('wrong input still only rejects', async () => {
    const faults: string[] = [];
    for (const { name, argument, samples, call } of rows) {
      if (!name.startsWith('Conn.')) continue;
      for (const sample of samples.filter((each) => each.name !== 'too much')) {
        const result = call({ ...subjects, conn: closed }, sample.make()) as Promise<unknown>;
        const error = await result.then(() => 'takes it').catch((reason: unknown) => reason);
        const isOurs = error instanceof ZooKeeperError || error instanceof TypeError;
        if (!isOurs) faults.push(`${name}, ${argument}, ${sample.name}: ${error}`);
      }
    }
    expect(faults.join('\n')).toBe('');
  });

  it('it can be disposed of once more, and its properties be read', async () => {
    await closed[Symbol.asyncDispose]();
    expect(closed.state).toBe(libzookeeper.State.CLOSED);
    expect(closed.currentServer).toBeNull();
    expect(closed.clientId).toBeInstanceOf(ClientId);
    expect(closed.sessionTimeout).toBeGreaterThan(0);
    expect(closed.session.closed).toBe(true);
  });

  it('nothing on the server has changed', async () => {
    expect(await snapshot(conn)).toEqual(before);
  });
});
