import { ErrorCode } from 'libzookeeper';
import { beforeEach, describe, expect, it } from 'vitest';
import { RequestLog } from '../support/request-log.js';

const { ZNONODE, ZCONNECTIONLOSS } = ErrorCode;

let log: RequestLog;
beforeEach(() => {
  log = new RequestLog();
});

describe('a request', () => {
  it('is sent at once, each under an id of its own', () => {
    log.submit('a', 'b');
    expect(log.sent).toEqual(['a', 'b']);
    expect(log.ids[0]).not.toBe(log.ids[1]);
    expect(log.requests.isIdle).toBe(false);
    expect(log.requests.isBusy).toBe(false);
  });

  it('is settled by the reply of its id, in the order of the replies, once', () => {
    log.submit('a', 'b', 'c');
    log.answer(1, ZNONODE);
    log.answer(0);
    log.answer(1);
    expect(log.settled).toEqual(['b', 'a']);
    expect(log.codes).toEqual([ZNONODE, 0]);
  });

  it('that the C client refuses is settled with its code, and not in flight', () => {
    log.submitRefused('a', ZCONNECTIONLOSS);
    log.answer(0);
    expect(log.settled).toEqual(['a']);
    expect(log.codes).toEqual([ZCONNECTIONLOSS]);
    expect(log.requests.isIdle).toBe(true);
  });

  it('that nobody knows has its reply dropped', () => {
    log.submit('a');
    expect(log.requests.take(99)).toBeUndefined();
    expect(log.settled).toEqual([]);
    expect(log.idle).toBe(0);
  });

  it('that was the last to be settled says so', () => {
    log.submit('a', 'b');
    log.answer(0);
    expect(log.idle).toBe(0);
    log.answer(1);
    expect(log.idle).toBe(1);
    expect(log.requests.isIdle).toBe(true);
  });

  it('may make another when it is settled', () => {
    log.requests.submit({ send: log.sender('a'), settle: () => log.submit('b') });
    log.answer(0);
    expect(log.sent).toEqual(['a', 'b']);
    expect(log.idle).toBe(0);
  });
});

describe('while requests are held', () => {
  it('they wait, and go out in order afterwards', () => {
    log.submit('before');
    const release = log.requests.hold();
    expect(log.requests.isBusy).toBe(true);
    log.submit('a', 'b', 'c');
    log.answer(0);
    expect(log.sent).toEqual(['before']);
    expect(log.idle).toBe(0);
    release();
    expect(log.sent).toEqual(['before', 'a', 'b', 'c']);
  });

  it('two reasons to wait must both go', () => {
    const [first, second] = [log.requests.hold(), log.requests.hold()];
    log.submit('a');
    second();
    expect(log.sent).toEqual([]);
    first();
    expect(log.sent).toEqual(['a']);
  });

  it('one may go ahead of all', () => {
    const release = log.requests.hold();
    log.submit('a');
    log.requests.sendNow(log.request('first'));
    expect(log.sent).toEqual(['first']);
    release();
    expect(log.sent).toEqual(['first', 'a']);
  });

  it('are refused when their turn comes, and that was the last of them', () => {
    const release = log.requests.hold();
    log.submitRefused('a', ZCONNECTIONLOSS);
    expect(log.idle).toBe(0);
    release();
    expect(log.settled).toEqual(['a']);
    expect(log.idle).toBe(1);
  });

  it('a new reason may come up in the middle of what goes out', () => {
    const release = log.requests.hold();
    let again = (): void => {};
    const holds = log.request('holds');
    log.requests.submit({
      ...holds,
      send: (id) => {
        again = log.requests.hold();
        return holds.send(id);
      },
    });
    log.submit('b');
    release();
    expect(log.sent).toEqual(['holds']);
    again();
    expect(log.sent).toEqual(['holds', 'b']);
  });
});

describe('the end', () => {
  it('settles all that is in flight, and then all that waits', () => {
    log.submit('in flight');
    const release = log.requests.hold();
    log.submit('waiting');
    log.requests.failAll(ZCONNECTIONLOSS);
    expect(log.settled).toEqual(['in flight', 'waiting']);
    expect(log.codes).toEqual([ZCONNECTIONLOSS, ZCONNECTIONLOSS]);
    expect(log.requests.isIdle).toBe(true);
    expect(log.idle).toBe(1);
    log.answer(0);
    release();
    expect(log.sent).toEqual(['in flight']);
    expect(log.settled).toHaveLength(2);
  });

  it('sends nothing that waits, though what is settled first would let it go on', () => {
    const probe = log.request('probe');
    let release = (): void => {};
    log.requests.submit({
      send: (id) => {
        release = log.requests.hold();
        return probe.send(id);
      },
      settle: (reply) => {
        probe.settle(reply);
        release();
      },
    });
    log.submit('waiting');
    log.requests.failAll(ZCONNECTIONLOSS);
    expect(log.sent).toEqual(['probe']);
    expect(log.settled).toEqual(['probe', 'waiting']);
    expect(log.requests.isIdle).toBe(true);
  });

  it('of those that wait leaves those in flight', () => {
    log.submit('in flight');
    log.requests.hold();
    log.submit('waiting');
    log.requests.failWaiting(ZCONNECTIONLOSS);
    expect(log.settled).toEqual(['waiting']);
    expect(log.requests.isIdle).toBe(false);
    log.answer(0);
    expect(log.idle).toBe(1);
  });
});
