import { describe, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import {
  eventFrame,
  frame,
  int,
  OpCode,
  replyFrame,
  statBody,
  text,
  Xid,
} from '../support/wire-stub.js';
import { answering, expectRefused, GOOD_PATH } from './answering.js';
import {
  aclEntry,
  emptyReplies,
  failedResult,
  goodReplies,
  lastResult,
  resultHeader,
  results,
  vector,
} from './replies.js';

describe('a reply as it should be', () => {
  it.each([...goodReplies, ...emptyReplies.map((one) => ({ ...one, body: Buffer.alloc(0) }))])(
    'to $name is taken; so is one with more behind it, as a newer server may send',
    async ({ call, body }) => {
      const plain = await answering(({ xid }) => [replyFrame(xid, 0, body)]);
      await call(await open(plain.address));
      const longer = Buffer.concat([body, Buffer.alloc(7)]);
      const newer = await answering(({ xid }) => [replyFrame(xid, 0, longer)]);
      await call(await open(newer.address));
    },
  );
});

describe('a reply that is cut short', () => {
  it.each(goodReplies)('to $name is refused, wherever it is cut', async ({ call, body }) => {
    const cuts = [0, 1, 4, body.length >> 1, body.length - 4, body.length - 1];
    let length = 0;
    const server = await answering(({ xid }) => [replyFrame(xid, 0, body.subarray(0, length))]);
    const conn = await open(server.address, { sessionTimeout: 1000 });
    for (length of cuts)
      await expectRefused(conn, call(conn), /cut short|as long as|makes no sense|cannot be true/);
  });

  it.each([0, 4, 12, 15])('to %i bytes, less than its header, is refused', async (length) => {
    const server = await answering(() => [frame(Buffer.alloc(length))]);
    const conn = await open(server.address);
    await expectRefused(conn, conn.get('/a'), /cut short/);
  });
});

/** A reply of success that lies, and the operation that it answers. */
const lies: readonly (readonly [what: string, name: string, body: Buffer, complaint: RegExp])[] = [
  ['data of a length of -5', 'get', Buffer.concat([int(-5), statBody()]), /data/],
  ['data of 2 GiB', 'get', Buffer.concat([int(2 ** 31 - 1), statBody()]), /data/],
  ['children, 2 147 483 647 of them', 'children', int(2 ** 31 - 1), /names/],
  ['children, -2 of them', 'children', Buffer.concat([int(-2), statBody()]), /number of children/],
  [
    'a child with a name of -1 bytes',
    'children',
    Buffer.concat([int(1), int(-1), statBody()]),
    /names/,
  ],
  [
    'a child whose name has a slash',
    'children',
    Buffer.concat([vector(text('a/b')), statBody()]),
    /slash/,
  ],
  ['a path of -1 bytes', 'create', int(-1), /path/],
  ['a path of 2 GiB', 'createWithStat', Buffer.concat([int(2 ** 31 - 1), statBody()]), /path/],
  ['a path of a negative length', 'sync', int(-2147483648), /path/],
  [
    'an ACL of 2 147 483 647 entries',
    'acl',
    Buffer.concat([int(2 ** 31 - 1), statBody()]),
    /entries/,
  ],
  ['an ACL of -7 entries', 'acl', Buffer.concat([int(-7), statBody()]), /entries/],
  [
    'an ACL with half an entry',
    'acl',
    Buffer.concat([int(1), aclEntry(31, 'world', 'anyone').subarray(0, 12)]),
    /ACL/,
  ],
  [
    'one result less than there were ops',
    'multi',
    Buffer.concat([...results.slice(1), lastResult]),
    /not its op/,
  ],
  ['no result', 'multi', lastResult, /fewer results/],
  [
    'the last result missing',
    'multi',
    Buffer.concat([...results.slice(0, 3), lastResult]),
    /fewer results/,
  ],
  [
    'a result more than there were ops',
    'multi',
    Buffer.concat([...results, failedResult(-2), lastResult]),
    /more results/,
  ],
  ['results without an end', 'multi', Buffer.concat(results), /results in a reply are cut short/],
  [
    'results in another order',
    'multi',
    Buffer.concat([...results].reverse().concat(lastResult)),
    /not its op/,
  ],
  [
    'a result of a type that there is not',
    'multi',
    Buffer.concat([resultHeader(77, false), lastResult]),
    /not its op/,
  ],
  [
    'the stat of a result cut short',
    'multi',
    Buffer.concat([results[0] as Buffer, (results[1] as Buffer).subarray(0, 30)]),
    /stat/,
  ],
  ['an error without its code', 'multi', resultHeader(-1, false), /cut short/],
];

describe('a reply that lies', () => {
  it.each(lies)('is refused: %s', async (_what, name, body, complaint) => {
    const call = goodReplies.find((reply) => reply.name === name)?.call;
    if (call === undefined) throw new Error(`no call of ${name}`);
    const server = await answering(({ xid }) => [replyFrame(xid, 0, body)]);
    const conn = await open(server.address);
    await expectRefused(conn, call(conn), complaint);
  });
});

describe('what nobody asked for', () => {
  it.each<[string, Buffer, RegExp]>([
    ['a reply to no request', replyFrame(1, 0, statBody()), /turn/],
    ['an error to no request', replyFrame(1, -101), /turn/],
    [
      'a refusal of credentials that were never presented',
      replyFrame(Xid.AUTH, -115),
      /none were presented/,
    ],
    [
      'an acceptance of credentials that were never presented',
      replyFrame(Xid.AUTH, 0),
      /none were presented/,
    ],
    ['an event that ends the session', eventFrame(-1, ''), /the session/],
    [
      'an event without a path',
      frame(replyFrame(Xid.EVENT, 0).subarray(4), int(3), int(3)),
      /event is cut short/,
    ],
    [
      'an event with a path of -1 bytes',
      frame(replyFrame(Xid.EVENT, 0).subarray(4), int(3), int(3), int(-1)),
      /event is cut short/,
    ],
    [
      'an event with a path of 2 GiB',
      frame(replyFrame(Xid.EVENT, 0).subarray(4), int(3), int(3), int(2 ** 31 - 1)),
      /event is cut short/,
    ],
  ])('is refused: %s', async (_what, unasked, complaint) => {
    const server = await answering(() => [unasked]);
    const conn = await open(server.address);
    const lines: string[] = [];
    await expectRefused(conn, conn.get('/a'), complaint);
    expect(lines).toEqual([]);
  });

  it.each<[string, Buffer]>([
    ['an answer to a ping', replyFrame(Xid.PING, 0)],
    ['an answer to watches that were set again', replyFrame(Xid.SET_WATCHES, 0)],
    ['an event of a path that is not watched', eventFrame(3, '/elsewhere')],
    ['an event of a type that there is not', eventFrame(99, '/a')],
  ])('is passed over where it does no harm: %s', async (_what, unasked) => {
    const server = await answering(({ xid }) => [unasked, replyFrame(xid, 0, statBody())]);
    const conn = await open(server.address);
    await conn.exists('/a');
    expect(server.connections).toBe(1);
  });

  it('is refused when it comes on its own, and the session goes on', async () => {
    const server = await answering(({ xid }) => [
      replyFrame(xid, 0, statBody()),
      replyFrame(xid + 1, 0, statBody()),
    ]);
    const conn = await open(server.address);
    await conn.exists('/a');
    const again = conn.get(GOOD_PATH).catch(() => conn.get(GOOD_PATH));
    expect((await again).data.toString()).toBe('good');
    expect(server.connections).toBe(2);
  });
});

describe('a reply whose turn it is not', () => {
  it.each([1, -1, -3, 1_000_000])('is refused, by an xid that is off by %i', async (off) => {
    const server = await answering(({ xid }) => [replyFrame(xid + off, 0, statBody())]);
    const conn = await open(server.address);
    await expectRefused(conn, conn.exists('/a'), /turn/);
  });

  it('ends what is in flight, all of it, each call once', async () => {
    let asked = 0;
    const server = await answering(({ xid }) => {
      asked += 1;
      // The first half is answered, then one too early.
      if (asked <= 50) return [replyFrame(xid, 0, statBody(asked))];
      return asked === 51 ? [replyFrame(xid + 1, 0, statBody())] : [];
    });
    const conn = await open(server.address);
    const calls = await Promise.allSettled(Array.from({ length: 100 }, () => conn.exists('/a')));
    const versions = calls.map((call) =>
      call.status === 'fulfilled' ? call.value?.version : (call.reason as { code: string }).code,
    );
    expect(versions.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(new Set(versions.slice(50))).toEqual(new Set(['ZCONNECTIONLOSS']));
  });
});

describe('credentials', () => {
  it('are answered once: a second answer is refused', async () => {
    const server = await answering(({ xid, op }) =>
      op === OpCode.SET_AUTH
        ? [replyFrame(Xid.AUTH, 0), replyFrame(Xid.AUTH, -115)]
        : [replyFrame(xid, 0, statBody())],
    );
    const conn = await open(server.address);
    await conn.addAuth('digest', 'user:password');
    const again = conn.get(GOOD_PATH).catch(() => conn.get(GOOD_PATH));
    await expect(again).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
  });
});

describe('the log', () => {
  it('says which server broke the protocol, and how', async () => {
    const lines: string[] = [];
    const note = (line: string): void => {
      lines.push(line);
    };
    const server = await answering(() => [replyFrame(1, 0)]);
    const conn = await open(server.address, {
      logger: { error: note, warn: note, info: note, debug: note },
    });
    await expectRefused(conn, conn.get('/a'), /turn/);
    expect(
      lines.filter((line) => line.includes(server.address) && line.includes('turn')),
    ).toHaveLength(1);
  });
});
