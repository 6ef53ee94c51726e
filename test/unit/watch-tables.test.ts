import { countPendingWatches, ErrorCode, EventType, State, ZooKeeperEvent } from 'libzookeeper';
import { beforeEach, describe, expect, it } from 'vitest';
import { zeroEvent } from '../../dist/event.js';
import type { PendingWatch, WatchKind } from '../../dist/watch.js';
import { WatchTables } from '../../dist/watch-tables.js';

const { ZOK, ZNONODE, ZNOAUTH, ZCONNECTIONLOSS, ZCLOSING, ZSESSIONEXPIRED } = ErrorCode;

let tables: WatchTables;
beforeEach(() => {
  tables = new WatchTables(async () => ZOK);
});

/** What a request that registers a watch does, from its call to its reply. */
function register(kind: WatchKind, path = '/a', rc: number = ZOK): PendingWatch | undefined {
  tables.expect(kind, path);
  return tables.settle(kind, path, rc);
}

const event = (type: EventType, path = '/a', state: State = State.CONNECTED) =>
  new ZooKeeperEvent(type, state, path);

/** The rows of the table of registrations: what was asked, what was answered, and which table the watch joins. */
const registrations = [
  { kind: 'data', rc: ZOK, joins: 'data' },
  { kind: 'exists', rc: ZOK, joins: 'data' },
  { kind: 'exists', rc: ZNONODE, joins: 'exist' },
  { kind: 'children', rc: ZOK, joins: 'child' },
] as const;

/** The rows of the table of events: what they consume. */
const consumed = [
  { name: 'CREATED', by: ['data', 'exist'] },
  { name: 'CHANGED', by: ['data', 'exist'] },
  { name: 'CHILD', by: ['child'] },
  { name: 'DELETED', by: ['data', 'exist', 'child'] },
  { name: 'SESSION', by: [] },
  { name: 'NOTWATCHING', by: [] },
  { name: 'CLOSED', by: [] },
] as const;

describe.each(registrations)('a watch of kind $kind, answered $rc', ({ kind, rc, joins }) => {
  it.each(consumed)('is or is not fired by $name', async ({ name, by }) => {
    const watch = register(kind, '/a', rc);
    const sent = event(EventType[name]);
    tables.fire(sent);
    if ((by as readonly string[]).includes(joins)) {
      expect(watch?.closed).toBe(true);
      expect(await watch?.receive()).toBe(sent);
      expect(await watch?.receive()).toBe(zeroEvent);
    } else {
      expect(watch?.closed).toBe(false);
    }
  });

  it('knows what it is, and counts as pending until it is over', () => {
    const before = countPendingWatches();
    const watch = register(kind, '/ä/b', rc);
    expect(watch).toMatchObject({ kind, path: '/ä/b', closed: false });
    expect(countPendingWatches() - before).toBe(1);
    tables.fire(event(EventType.DELETED, '/ä/b'));
    expect(countPendingWatches() - before).toBe(0);
  });
});

describe('there is no watch', () => {
  const failures = [ZNOAUTH, ZCONNECTIONLOSS, ZCLOSING, ZSESSIONEXPIRED, -999];
  const rows = [
    ...failures.flatMap((rc) => registrations.map(({ kind }) => ({ kind, rc }))),
    { kind: 'data', rc: ZNONODE },
    { kind: 'children', rc: ZNONODE },
  ] as const;
  it.each(rows)('after $kind, answered $rc', ({ kind, rc }) => {
    const before = countPendingWatches();
    expect(register(kind, '/a', rc)).toBeUndefined();
    expect(countPendingWatches()).toBe(before);
  });
});

describe('an event', () => {
  it('fires all the watches that it consumes, of every kind, each once', async () => {
    const watches = [
      register('data'),
      register('data'),
      register('exists'),
      register('exists', '/a', ZNONODE),
      register('children'),
      register('children'),
    ];
    const sent = event(EventType.DELETED);
    tables.fire(sent);
    tables.fire(event(EventType.DELETED));
    for (const watch of watches) {
      expect(await watch?.receive()).toBe(sent);
      expect(await watch?.receive()).toBe(zeroEvent);
    }
  });

  it('is about its own path only', () => {
    const watches = ['/', '/a', '/a/b', '/aa'].map((path) => register('data', path));
    tables.fire(event(EventType.CHANGED, '/a'));
    expect(watches.map((watch) => watch?.closed)).toEqual([false, true, false, false]);
  });

  it('is not seen by a watch that was set behind it', () => {
    register('data');
    tables.fire(event(EventType.CHANGED));
    const next = register('data');
    expect(next?.closed).toBe(false);
    tables.fire(event(EventType.CHANGED));
    expect(next?.closed).toBe(true);
  });

  it('for a path with the name of a property of every object is nothing special', () => {
    for (const path of ['/__proto__', '/constructor', '__proto__', 'constructor', 'toString']) {
      tables.fire(event(EventType.CHANGED, path));
      const watch = register('data', path);
      tables.fire(event(EventType.CHANGED, path));
      expect(watch?.closed).toBe(true);
    }
  });
});

describe('the end', () => {
  const all = () => [
    register('data'),
    register('data'),
    register('exists', '/b', ZNONODE),
    register('children', '/c'),
  ];

  it.each([State.EXPIRED_SESSION, State.AUTH_FAILED])(
    'of the session is the one event of every watch: %d',
    async (state) => {
      const before = countPendingWatches();
      const watches = all();
      const sent = event(EventType.SESSION, '', state);
      tables.endAll(sent);
      for (const watch of watches) {
        expect(await watch?.receive()).toBe(sent);
        expect(await watch?.receive()).toBe(zeroEvent);
      }
      expect(countPendingWatches()).toBe(before);
    },
  );

  it('of the connection ends every watch without an event', async () => {
    const before = countPendingWatches();
    const watches = all();
    const waiting = watches.map((watch) => watch?.receive());
    tables.endAll();
    expect(await Promise.all(waiting)).toEqual(watches.map(() => zeroEvent));
    expect(countPendingWatches()).toBe(before);
  });

  it('leaves a watch alone that has fired before: its event is still in it', async () => {
    const watch = register('data');
    const sent = event(EventType.CHANGED);
    tables.fire(sent);
    tables.endAll(event(EventType.SESSION, '', State.EXPIRED_SESSION));
    expect(await watch?.receive()).toBe(sent);
    expect(await watch?.receive()).toBe(zeroEvent);
  });

  it('can be there twice: first of the session, then of the connection', async () => {
    const before = countPendingWatches();
    const watch = register('data');
    tables.endAll(event(EventType.SESSION, '', State.EXPIRED_SESSION));
    tables.endAll();
    expect((await watch?.receive())?.state).toBe(State.EXPIRED_SESSION);
    expect(countPendingWatches()).toBe(before);
  });
});
