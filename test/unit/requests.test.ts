import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ErrorCode } from 'libzookeeper';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Requests } from '../../dist/requests.js';
import { RequestLog } from '../support/request-log.js';
import { newDirectory } from '../support/workspace.js';

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

describe('ids', () => {
  it('begin anew after 2 ** 32', async () => {
    log = await withCounter({ '#lastId = 0;': `#lastId = ${2 ** 32 - 3};` });
    log.submit('a', 'b', 'c', 'd', 'e');
    expect(log.ids).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1, 2]);
    for (const index of log.ids.keys()) log.answer(index);
    expect(log.settled).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('that are still in flight are left out when they come round', async () => {
    log = await withCounter({ '>>> 0': '% 4' });
    log.submit('slow', 'b', 'c', 'd');
    expect(log.ids).toEqual([1, 2, 3, 0]);
    for (const id of [2, 3, 0]) log.answerId(id);
    log.submit('e', 'f', 'g');
    expect(log.ids.slice(4)).toEqual([2, 3, 0]);
    log.answerId(1);
    expect(log.settled.at(-1)).toBe('slow');
  });
});

/** With a counter that comes sooner to where the real one comes after some thousand million requests. */
async function withCounter(changes: Record<string, string>): Promise<RequestLog> {
  const dist = new URL('../../dist/', import.meta.url);
  let source = readFileSync(new URL('requests.js', dist), 'utf8')
    .replace(/from '\.\/(.*)'/g, (_, name) => `from '${new URL(name, dist)}'`)
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
  for (const [from, to] of Object.entries(changes)) {
    expect(source).toContain(from);
    source = source.replace(from, to);
  }
  const directory = newDirectory();
  mkdirSync(directory);
  const file = join(directory, 'requests.mjs');
  writeFileSync(file, source);
  const changed = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    Requests: typeof Requests;
  };
  return new RequestLog(changed.Requests);
}
