import { digestACL, EventType, Perm, State, worldACL } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { packACL } from '../../dist/acl.js';
import { RecordLayout as L } from '../../dist/record-layout.js';
import { BatchReader, type Reply } from '../../dist/records.js';
import { FakeBatch, type FakeReply } from '../support/batch.js';

const reader = (batch: FakeBatch) => new BatchReader(...batch.build());
const replyOf = (reply: Omit<FakeReply, 'id'>): Reply =>
  reader(new FakeBatch().reply({ id: 1, ...reply })).reply();

const stat = {
  longs: [1n, 2n, 1_700_000_000_001n, 1_700_000_000_002n, -5n, 2n ** 62n],
  words: [7, -1, 2 ** 31 - 1, 100, 3],
};

const readStat = {
  czxid: 1n,
  mzxid: 2n,
  ctime: new Date(1_700_000_000_001),
  mtime: new Date(1_700_000_000_002),
  ephemeralOwner: -5n,
  pzxid: 2n ** 62n,
  version: 7,
  cversion: -1,
  aversion: 2 ** 31 - 1,
  dataLength: 100,
  numChildren: 3,
};

describe('a reply', () => {
  it('of a code and nothing else has everything else empty', () => {
    const { children, ...others } = replyOf({ rc: -101 });
    expect(children.list()).toEqual([]);
    expect(others).toEqual({
      rc: -101,
      stat: undefined,
      data: Buffer.alloc(0),
      isNullData: false,
      acl: [],
      createdPath: '',
      outcomes: { codes: [], results: [] },
      resolverError: 0,
      isUnsent: false,
    });
  });

  it('has a stat where the operation has one', () => {
    expect(replyOf({ stat }).stat).toEqual(readStat);
    expect(replyOf({ stat, kind: 'data', payload: 'x' })).toMatchObject({ stat: readStat });
  });

  it.each([false, true])('has data, large or small: %s', (blob) => {
    const payload = Buffer.from([0, 1, 255, 0]);
    expect(replyOf({ kind: 'data', payload, blob }).data).toEqual(payload);
    expect(replyOf({ kind: 'data', payload, blob, stat })).toMatchObject({
      data: payload,
      stat: readStat,
    });
  });

  it.each([
    [0, false],
    [-1, true],
  ])('has an empty Buffer for empty data, and for null, but knows which: %d', (count, isNull) => {
    const { data, isNullData } = replyOf({ kind: 'data', count });
    expect(data).toBeInstanceOf(Buffer);
    expect(data).toHaveLength(0);
    expect(isNullData).toBe(isNull);
  });

  it.each([
    ['', 0, []],
    ['a', 1, ['a']],
    ['b/a/c', 3, ['b', 'a', 'c']],
    ['ä/€/\u{1f600}', 3, ['ä', '€', '\u{1f600}']],
  ])('has the names of children in the order of the server: %j', (payload, count, children) => {
    for (const blob of [false, true]) {
      const reply = replyOf({ kind: 'children', payload, count, blob, stat });
      expect(reply.children.list()).toEqual(children);
      expect(reply).toMatchObject({ stat: readStat });
    }
  });

  it('has an ACL, of any length', () => {
    const acl = [...worldACL(Perm.READ), ...digestACL(Perm.ALL, 'ü', 'p')];
    const payload = packACL({ op: 'acl' }, acl) as Buffer;
    for (const blob of [false, true]) {
      expect(replyOf({ kind: 'acl', payload, count: 2, blob, stat }).acl).toEqual(acl);
    }
    expect(replyOf({ kind: 'acl', count: 0 }).acl).toEqual([]);
  });

  it('has the path that was created', () => {
    expect(replyOf({ kind: 'path', payload: '/ä-0000000000' }).createdPath).toBe('/ä-0000000000');
  });

  it('has an id of 32 bits, none of them a sign', () => {
    for (const id of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      expect(reader(new FakeBatch().reply({ id })).replyId).toBe(id);
    }
  });
});

describe('other records', () => {
  it.each([false, true])('a watch event has its path, long or short: %s', (blob) => {
    const batch = new FakeBatch().event(EventType.CHILD, State.CONNECTED, '/ä/b', { blob });
    const event = reader(batch).event();
    expect({ ...event }).toEqual({ type: EventType.CHILD, state: State.CONNECTED, path: '/ä/b' });
  });

  it("a session event has the session's identity at that moment", () => {
    const password = Buffer.from('0123456789abcdef');
    const session = reader(
      new FakeBatch().session({
        state: State.EXPIRED_SESSION,
        timeout: 4000,
        id: -2n,
        password,
        server: '[::1]:2181',
      }),
    ).session();
    expect(session).toMatchObject({
      state: State.EXPIRED_SESSION,
      timeout: 4000,
      server: '[::1]:2181',
    });
    expect(session.clientId.id).toBe(-2n);
    expect(session.clientId.passwd).toEqual(password);
  });

  it('a log line says when it was said, and how many were lost before it', () => {
    const time = 1_700_000_000_123;
    expect(reader(new FakeBatch().log('ä line', 3, time)).log()).toEqual({
      line: 'ä line',
      lost: 3,
      time: new Date(time),
    });
  });

  it('the end of opening says why it failed', () => {
    expect(reader(new FakeBatch().opened(-1, 24, -2)).end()).toEqual({
      rc: -1,
      systemError: 24,
      resolverError: -2,
    });
  });
});

describe('a batch', () => {
  it('is read record by record, of whatever sizes', () => {
    const batch = new FakeBatch()
      .reply({ id: 1, kind: 'data', payload: 'x' })
      .event(EventType.CHANGED, State.CONNECTED, '/seven77')
      .reply({ id: 2, kind: 'data', payload: 'large', blob: true })
      .session({ state: State.CONNECTED })
      .reply({ id: 3, kind: 'children', payload: 'a/b', count: 2, stat })
      .log('line')
      .event(EventType.DELETED, State.CONNECTED, '/large', { blob: true })
      .opened()
      .closed();
    const records = reader(batch);
    const read: unknown[] = [];
    for (; records.hasRecord; records.advance()) {
      const { kind } = records;
      if (kind === L.REPLY) read.push(records.replyId);
      else if (kind === L.EVENT) read.push(records.event().path);
      else read.push(kind);
    }
    expect(read).toEqual([1, '/seven77', 2, L.SESSION, 3, L.LOG, '/large', L.OPENED, L.CLOSED]);
  });

  it('may be empty', () => {
    expect(reader(new FakeBatch()).hasRecord).toBe(false);
  });
});
