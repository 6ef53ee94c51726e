import { ErrorCode } from 'libzookeeper';
import { beforeEach, describe, expect, it } from 'vitest';
import { RequestLog } from '../support/request-log.js';

/** How many are in the C client's hands at once, at the most. */
const WINDOW = 8192;
const { ZCONNECTIONLOSS } = ErrorCode;

let log: RequestLog;
beforeEach(() => {
  log = new RequestLog();
});

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the window', () => {
  it(`lets ${WINDOW} be in flight, and one more out for each reply`, () => {
    for (const name of range(WINDOW - 1)) log.submit(name);
    expect(log.requests.isBusy).toBe(false);
    log.submit('a', 'b', 'c');
    expect(log.requests.isBusy).toBe(true);
    expect(log.sent).toHaveLength(WINDOW);
    log.answer(5);
    expect(log.sent).toHaveLength(WINDOW + 1);
    log.answer(6);
    expect(log.sent).toHaveLength(WINDOW + 2);
    log.answer(7);
    expect(log.sent).toHaveLength(WINDOW + 2);
  });

  it('keeps the order of the calls over many windows', () => {
    const count = 5 * WINDOW + 7;
    for (const name of range(count)) log.submit(name);
    for (const index of range(count)) log.answer(index);
    expect(log.sent).toEqual(range(count));
    expect(log.settled).toEqual(log.sent);
    expect(log.idle).toBe(1);
  });

  it('does not let a request overtake those that wait', () => {
    const release = log.requests.hold();
    log.submit('a', 'b');
    const c = log.request('c');
    log.requests.submit({
      ...c,
      send: (id) => {
        // There is room, and nothing holds; but it is not this one's turn.
        log.submit('d');
        return c.send(id);
      },
    });
    log.submit('e');
    release();
    expect(log.sent).toEqual(['a', 'b', 'c', 'e', 'd']);
  });

  it('is not used up by requests that are refused', () => {
    const release = log.requests.hold();
    for (const name of range(2 * WINDOW)) log.submitRefused(name, ZCONNECTIONLOSS);
    release();
    expect(log.settled).toHaveLength(2 * WINDOW);
    expect(log.requests.isIdle).toBe(true);
  });
});

describe('when the connection is lost', () => {
  it('what waits fails with the last of what is in flight, and is never sent', () => {
    log.submit('a', 'b');
    const release = log.requests.hold();
    log.submit('c', 'd');
    log.answer(0, ZCONNECTIONLOSS);
    release();
    expect(log.settled).toEqual(['a']);
    log.answer(1, ZCONNECTIONLOSS);
    expect(log.settled).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(log.codes)).toEqual(new Set([ZCONNECTIONLOSS]));
    expect(log.sent).toEqual(['a', 'b']);
    expect(log.requests.isIdle).toBe(true);
    expect(log.idle).toBeGreaterThan(0);
  });

  it('what waits goes out, if there is a connection again with the next reply', () => {
    log.submit('a', 'b');
    const release = log.requests.hold();
    log.submit('c');
    log.answer(0, ZCONNECTIONLOSS);
    release();
    expect(log.sent).toEqual(['a', 'b']);
    log.answer(1);
    expect(log.sent).toEqual(['a', 'b', 'c']);
  });

  it('requests that come later go out as ever', () => {
    log.submit('a');
    log.answer(0, ZCONNECTIONLOSS);
    log.submit('b');
    const release = log.requests.hold();
    log.submit('c');
    log.answer(1);
    release();
    expect(log.sent).toEqual(['a', 'b', 'c']);
  });
});
