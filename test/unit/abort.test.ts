import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort, untilAbort } from '../../dist/abort.js';

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('what waits for a signal', () => {
  it('is called when it aborts, in order, once', () => {
    const controller = new AbortController();
    const calls: string[] = [];
    onAbort(controller.signal, () => calls.push('a'));
    onAbort(controller.signal, () => calls.push('b'));
    expect(calls).toEqual([]);
    controller.abort();
    controller.abort();
    expect(calls).toEqual(['a', 'b']);
  });

  it('is not called when it was taken back', () => {
    const controller = new AbortController();
    const calls: string[] = [];
    const takeBack = onAbort(controller.signal, () => calls.push('a'));
    onAbort(controller.signal, () => calls.push('b'));
    takeBack();
    takeBack();
    controller.abort();
    expect(calls).toEqual(['b']);
  });

  it('is one listener, however many wait, and none when nobody does', () => {
    const { signal } = new AbortController();
    const takeBack = Array.from({ length: 1000 }, () => onAbort(signal, () => {}));
    expect(listeners(signal)).toBe(1);
    for (const each of takeBack) each();
    expect(listeners(signal)).toBe(0);
    onAbort(signal, () => {})();
    expect(listeners(signal)).toBe(0);
  });

  it('may wait again after all were taken back', () => {
    const controller = new AbortController();
    onAbort(controller.signal, () => expect.unreachable())();
    let calls = 0;
    onAbort(controller.signal, () => {
      calls += 1;
    });
    controller.abort();
    expect(calls).toBe(1);
  });

  it('without a signal waits for nothing', () => {
    expect(onAbort(undefined, () => expect.unreachable())()).toBeUndefined();
  });
});

describe('a promise with a signal', () => {
  it('comes to what it comes to, and leaves nothing on the signal', async () => {
    const { signal } = new AbortController();
    const error = new Error('mine');
    expect(await untilAbort(signal, Promise.resolve(5))).toBe(5);
    expect(await untilAbort(signal, 6)).toBe(6);
    await expect(untilAbort(signal, Promise.reject(error))).rejects.toBe(error);
    await new Promise(setImmediate);
    expect(listeners(signal)).toBe(0);
    expect(await untilAbort(undefined, 7)).toBe(7);
  });

  it("rejects with the signal's reason when that aborts first", async () => {
    const controller = new AbortController();
    const waiting = untilAbort(controller.signal, new Promise(() => {}));
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
  });

  it("that fails after the abort is nobody's concern", async () => {
    const controller = new AbortController();
    const waiting = untilAbort(
      controller.signal,
      new Promise((_, reject) => setImmediate(reject, new Error('late'))),
    );
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
