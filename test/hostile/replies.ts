import type { Conn } from 'libzookeeper';
import { op, worldACL } from 'libzookeeper';
import { dataBody, int, OpCode, statBody, text } from '../support/wire-stub.js';

/** What a server says to success of each operation, and the call that asks for it. They are about `/a`. */
export interface GoodReply {
  readonly name: string;
  readonly call: (conn: Conn) => Promise<unknown>;
  readonly body: Buffer;
}

/** A list: its length, and its entries. */
export function vector(...entries: readonly Buffer[]): Buffer {
  return Buffer.concat([int(entries.length), ...entries]);
}

/** An entry of an ACL. */
export function aclEntry(perms: number, scheme: string, id: string): Buffer {
  return Buffer.concat([int(perms), text(scheme), text(id)]);
}

/** The header of an op's result in a transaction's reply. */
export function resultHeader(type: number, done: boolean): Buffer {
  return Buffer.concat([int(type), Buffer.from([done ? 1 : 0]), int(done ? -1 : 0)]);
}

/** The header behind the last result. */
export const lastResult = resultHeader(-1, true);

/** The result of an op that failed, or was not tried. */
export function failedResult(code: number): Buffer {
  return Buffer.concat([resultHeader(-1, false), int(code)]);
}

export const ops = [op.create('/a/b'), op.set('/a', 'x'), op.delete('/a/b'), op.check('/a', 1)];

/** What {@link ops} come to. */
export const results: readonly Buffer[] = [
  Buffer.concat([resultHeader(OpCode.CREATE, false), text('/a/b')]),
  Buffer.concat([resultHeader(OpCode.SET_DATA, false), statBody()]),
  resultHeader(OpCode.DELETE, false),
  resultHeader(OpCode.CHECK, false),
];

const acl = Buffer.concat([vector(aclEntry(31, 'world', 'anyone')), statBody()]);
const children = Buffer.concat([vector(text('b'), text('c')), statBody()]);
const pathAndStat = Buffer.concat([text('/a'), statBody()]);

/** Those whose replies have a body that the C client reads. */
export const goodReplies: readonly GoodReply[] = [
  { name: 'get', call: (conn) => conn.get('/a'), body: dataBody('data') },
  { name: 'getW', call: (conn) => conn.getW('/a'), body: dataBody('data') },
  { name: 'exists', call: (conn) => conn.exists('/a'), body: statBody() },
  { name: 'existsW', call: (conn) => conn.existsW('/a'), body: statBody() },
  { name: 'children', call: (conn) => conn.children('/a'), body: children },
  { name: 'childrenW', call: (conn) => conn.childrenW('/a'), body: children },
  { name: 'create', call: (conn) => conn.create('/a'), body: text('/a') },
  { name: 'createWithStat', call: (conn) => conn.createWithStat('/a'), body: pathAndStat },
  { name: 'set', call: (conn) => conn.set('/a', 'x'), body: statBody() },
  { name: 'acl', call: (conn) => conn.acl('/a'), body: acl },
  { name: 'sync', call: (conn) => conn.sync('/a'), body: text('/a') },
  { name: 'config', call: (conn) => conn.config(), body: dataBody('version=0') },
  { name: 'reconfig', call: (conn) => conn.reconfig({ leaving: 9 }), body: dataBody('version=1') },
  {
    name: 'multi',
    call: (conn) => conn.multi(ops),
    body: Buffer.concat([...results, lastResult]),
  },
];

/** Those whose replies are a header, and nothing that is read. */
export const emptyReplies: readonly Pick<GoodReply, 'name' | 'call'>[] = [
  { name: 'delete', call: (conn) => conn.delete('/a') },
  { name: 'setACL', call: (conn) => conn.setACL('/a', worldACL(31)) },
];
