import { EventType, State, ZooKeeperEvent } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { zeroEvent } from '../../dist/event.js';

/** How gozk's `Event.String` words a state; it has no words for the read-only one. */
const stateWords: readonly (readonly [State, string])[] = [
  [State.EXPIRED_SESSION, 'ZooKeeper session expired'],
  [State.AUTH_FAILED, 'ZooKeeper authentication failed'],
  [State.CONNECTING, 'ZooKeeper connecting'],
  [State.ASSOCIATING, 'ZooKeeper still associating'],
  [State.CONNECTED, 'ZooKeeper connected'],
  [State.READONLY, 'ZooKeeper connected read-only'],
  [State.CLOSED, 'ZooKeeper connection closed'],
  [State.NOTCONNECTED, 'unknown ZooKeeper state 999'],
  [-7 as State, 'unknown ZooKeeper state -7'],
];

const typeWords: readonly (readonly [EventType, string])[] = [
  [EventType.CREATED, 'path created: '],
  [EventType.DELETED, 'path deleted: '],
  [EventType.CHANGED, 'path changed: '],
  [EventType.CHILD, 'path children changed: '],
  [EventType.NOTWATCHING, 'not watching: '],
];

describe('an event in words', () => {
  it.each(stateWords)('of the session tells its state only: %d', (state, words) => {
    expect(`${new ZooKeeperEvent(EventType.SESSION, state, '')}`).toBe(words);
  });

  const all = stateWords.flatMap(([state, ofState]) =>
    typeWords.map(([type, ofType]) => ({ type, state, words: `${ofState}; ${ofType}/a` })),
  );
  it.each(all)('of a node tells what happened, and where: $words', ({ type, state, words }) => {
    expect(new ZooKeeperEvent(type, state, '/a').toString()).toBe(words);
  });

  it("ends in a semicolon when it is the zero event, as gozk's does", () => {
    expect(zeroEvent.toString()).toBe('ZooKeeper connection closed; ');
  });
});

it.each(Object.entries(State))('an event is ok in state CONNECTED only: %s', (name, state) => {
  expect(new ZooKeeperEvent(EventType.CHANGED, state, '/a').ok).toBe(name === 'CONNECTED');
});

it('the zero event is what the API says, and nobody can change it', () => {
  const { type, state, path, ok } = zeroEvent;
  expect({ type, state, path, ok }).toEqual({
    type: EventType.CLOSED,
    state: State.CLOSED,
    path: '',
    ok: false,
  });
  expect(Object.isFrozen(zeroEvent)).toBe(true);
});
