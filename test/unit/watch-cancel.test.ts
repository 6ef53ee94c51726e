import { countPendingWatches, ErrorCode, EventType, State, ZooKeeperEvent } from 'libzookeeper';
import { beforeEach, describe, expect, it } from 'vitest';
import { zeroEvent } from '../../dist/event.js';
import type { PendingWatch, WatchKind } from '../../dist/watch.js';
import { WatchTables } from '../../dist/watch-tables.js';

const { ZOK, ZNONODE, ZNOAUTH, ZCONNECTIONLOSS, ZNOWATCHER } = ErrorCode;
const CHILDREN = 1;
const DATA = 2;

/** A removal that the server was asked for; its answer is the test's to give. */
interface Removal {
  readonly path: string;
  readonly type: number;
  readonly answer: (rc: number) => Promise<void>;
}

let tables: WatchTables;
let removals: Removal[];

beforeEach(() => {
  removals = [];
  tables = new WatchTables(
    (path, type) =>
      new Promise((resolve) => {
        const answer = async (rc: number) => {
          resolve(rc);
          await settled();
        };
        removals.push({ path, type, answer });
      }),
  );
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

function register(kind: WatchKind, path = '/a', rc: number = ZOK): PendingWatch {
  tables.expect(kind, path);
  return tables.settle(kind, path, rc) as PendingWatch;
}

const asked = () => removals.map(({ path, type }) => [path, type]);

const fire = (type: EventType, path = '/a') =>
  tables.fire(new ZooKeeperEvent(type, State.CONNECTED, path));

describe('cancelling', () => {
  it('ends the watch at once, without an event, and takes it off the count', async () => {
    const before = countPendingWatches();
    const watch = register('data');
    const waiting = watch.receive();
    void watch.cancel();
    expect(watch.closed).toBe(true);
    expect(await waiting).toBe(zeroEvent);
    expect(countPendingWatches()).toBe(before);
  });

  it.each([
    ['data', ZOK, DATA],
    ['exists', ZOK, DATA],
    ['exists', ZNONODE, DATA],
    ['children', ZOK, CHILDREN],
  ] as const)('the last of a path has the server remove it: %s, answered %d', (kind, rc, type) => {
    void register(kind, '/a/b', rc).cancel();
    expect(asked()).toEqual([['/a/b', type]]);
  });

  it('resolves when the server has removed it, whatever it says', async () => {
    for (const rc of [ZOK, ZNOWATCHER, ZCONNECTIONLOSS]) {
      let isDone = false;
      const cancelled = register('data', `/${rc}`)
        .cancel()
        .then(() => {
          isDone = true;
        });
      await settled();
      expect(isDone).toBe(false);
      await removals.at(-1)?.answer(rc);
      await expect(cancelled).resolves.toBeUndefined();
    }
  });

  it('twice, or by the end of a block, asks the server once', async () => {
    const watch = register('data');
    void watch.cancel();
    await watch.cancel();
    await watch[Symbol.asyncDispose]();
    expect(removals).toHaveLength(1);
  });

  it('after the event does nothing, and the event stays', async () => {
    const watch = register('data');
    fire(EventType.CHANGED);
    await watch.cancel();
    expect(removals).toEqual([]);
    expect((await watch.receive()).type).toBe(EventType.CHANGED);
  });

  it('after the end does nothing', async () => {
    const watch = register('data');
    tables.endAll();
    await watch.cancel();
    expect(removals).toEqual([]);
  });
});

describe('a registration is left on the server while something needs it', () => {
  it('another watch of the kind', async () => {
    const [first, second] = [register('data'), register('data')];
    await first.cancel();
    expect(removals).toEqual([]);
    fire(EventType.CHANGED);
    expect((await second.receive()).type).toBe(EventType.CHANGED);
  });

  it.each([
    ['data', 'exists'],
    ['exists', 'data'],
  ] as const)('one that is in the same list there: %s, for %s', async (kept, cancelled) => {
    register(kept);
    await register(cancelled).cancel();
    expect(removals).toEqual([]);
  });

  it('one that waits for the node to come into being, when the node came and went', async () => {
    const onNothing = register('exists', '/a', ZNONODE);
    await register('data').cancel();
    expect(removals).toEqual([]);
    void onNothing.cancel();
    expect(asked()).toEqual([['/a', DATA]]);
  });

  it('but not one of another list, or of another path', () => {
    register('children');
    register('data', '/b');
    void register('data').cancel();
    expect(asked()).toEqual([['/a', DATA]]);
  });

  it('a request for one that is under way, whose reply makes a watch', async () => {
    const watch = register('data');
    tables.expect('exists', '/a');
    await watch.cancel();
    expect(removals).toEqual([]);
    const next = tables.settle('exists', '/a', ZOK) as PendingWatch;
    expect(removals).toEqual([]);
    fire(EventType.CHANGED);
    expect((await next.receive()).type).toBe(EventType.CHANGED);
  });

  it('a request that is under way and fails: then it goes', async () => {
    const watch = register('data');
    tables.expect('data', '/a');
    tables.expect('exists', '/a');
    await watch.cancel();
    tables.settle('data', '/a', ZNOAUTH);
    expect(removals).toEqual([]);
    tables.settle('exists', '/a', ZCONNECTIONLOSS);
    expect(asked()).toEqual([['/a', DATA]]);
  });

  it('but no request of another list, or of another path', () => {
    tables.expect('children', '/a');
    tables.expect('data', '/b');
    void register('data').cancel();
    expect(asked()).toEqual([['/a', DATA]]);
  });
});

describe('while a removal is under way', () => {
  it('a watch that comes behind it stays', async () => {
    void register('data').cancel();
    // The server takes the two in this order, and so does it answer.
    tables.expect('data', '/a');
    const answered = removals[0]?.answer(ZOK);
    const next = tables.settle('data', '/a', ZOK) as PendingWatch;
    await answered;
    fire(EventType.CHANGED);
    expect((await next.receive()).type).toBe(EventType.CHANGED);
  });

  it('a watch that comes behind it can be cancelled in turn', async () => {
    void register('data').cancel();
    tables.expect('data', '/a');
    await removals[0]?.answer(ZOK);
    void tables.settle('data', '/a', ZOK)?.cancel();
    expect(asked()).toEqual([
      ['/a', DATA],
      ['/a', DATA],
    ]);
  });

  it('an event may take the registration away', async () => {
    void register('data').cancel();
    fire(EventType.DELETED);
    await removals[0]?.answer(ZNOWATCHER);
    const next = register('data');
    fire(EventType.CHANGED);
    expect(next.closed).toBe(true);
  });
});

describe('a removal that failed for want of a connection', () => {
  it('is asked for again when the connection is back', async () => {
    void register('data').cancel();
    void register('children', '/b').cancel();
    for (const removal of [...removals]) await removal.answer(ZCONNECTIONLOSS);
    tables.removeLeftovers();
    expect(asked().slice(2)).toEqual([
      ['/a', DATA],
      ['/b', CHILDREN],
    ]);
    for (const removal of removals.slice(2)) await removal.answer(ZOK);
    tables.removeLeftovers();
    expect(removals).toHaveLength(4);
  });

  it('is asked for as often as it fails', async () => {
    void register('data').cancel();
    for (let count = 1; count <= 3; count += 1) {
      await removals.at(-1)?.answer(ZCONNECTIONLOSS);
      tables.removeLeftovers();
      expect(removals).toHaveLength(count + 1);
    }
  });

  it('is not asked for when a watch waits there again, or an event took it away', async () => {
    void register('data').cancel();
    void register('data', '/b').cancel();
    for (const removal of [...removals]) await removal.answer(ZCONNECTIONLOSS);
    register('data');
    fire(EventType.CHANGED, '/b');
    tables.removeLeftovers();
    expect(removals).toHaveLength(2);
  });

  it('is forgotten at the end', async () => {
    void register('data').cancel();
    await removals[0]?.answer(ZCONNECTIONLOSS);
    tables.endAll();
    tables.removeLeftovers();
    expect(removals).toHaveLength(1);
  });
});
