import { getEventListeners } from 'node:events';
import { EventType, State, ZooKeeperEvent } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { EventChannel } from '../../dist/channel.js';
import { zeroEvent } from '../../dist/event.js';

const event = (path: string) => new ZooKeeperEvent(EventType.CHANGED, State.CONNECTED, path);
const [a, b, c] = [event('/a'), event('/b'), event('/c')];

function channelOf(...events: ZooKeeperEvent[]): EventChannel {
  const channel = new EventChannel();
  for (const each of events) channel.send(each);
  return channel;
}

/** Whether a promise is settled by now, all continuations run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await new Promise(setImmediate);
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending;
}

describe('a channel', () => {
  it('gives its values in order, each once', async () => {
    const channel = channelOf(a, b);
    expect(channel.uncollected).toBe(2);
    expect(await channel.receive()).toBe(a);
    expect(await channel.receive()).toBe(b);
    expect(channel.uncollected).toBe(0);
    expect(await isPending(channel.receive())).toBe(true);
  });

  it('gives a value to the receiver that has waited longest, and to no other', async () => {
    const channel = channelOf();
    const [first, second] = [channel.receive(), channel.receive()];
    channel.send(a);
    expect(await first).toBe(a);
    expect(await isPending(second)).toBe(true);
    channel.send(b);
    expect(await second).toBe(b);
  });

  it('gives what was in it after its end, and then the zero value for ever', async () => {
    const channel = channelOf(a, b);
    expect(channel.closed).toBe(false);
    channel.end();
    expect(channel.closed).toBe(true);
    expect(await channel.receive()).toBe(a);
    expect(await channel.receive()).toBe(b);
    expect(await channel.receive()).toBe(zeroEvent);
    expect(await channel.receive()).toBe(zeroEvent);
  });

  it('gives the zero value to all who wait when it ends', async () => {
    const channel = channelOf();
    const waiting = [channel.receive(), channel.receive(), channel.receive()];
    channel.end();
    expect(await Promise.all(waiting)).toEqual([zeroEvent, zeroEvent, zeroEvent]);
  });

  it('takes nothing after its end, however often it ends', async () => {
    const channel = channelOf();
    channel.end();
    channel.end();
    channel.send(a);
    expect(await channel.receive()).toBe(zeroEvent);
  });
});

describe('a receiver with a signal', () => {
  it('gives up when it aborts, and the value stays for the next', async () => {
    const channel = channelOf();
    const controller = new AbortController();
    const given = channel.receive({ signal: controller.signal });
    const next = channel.receive();
    const reason = new Error('enough');
    controller.abort(reason);
    channel.send(a);
    await expect(given).rejects.toBe(reason);
    expect(await next).toBe(a);
  });

  it('that has aborted takes nothing, not even what is there', async () => {
    const channel = channelOf(a);
    await expect(channel.receive({ signal: AbortSignal.abort('late') })).rejects.toBe('late');
    expect(await channel.receive()).toBe(a);
  });

  it('that has aborted rejects after the end, too', async () => {
    const channel = channelOf();
    channel.end();
    await expect(channel.receive({ signal: AbortSignal.abort('late') })).rejects.toBe('late');
  });

  it('keeps a value that it was given before the abort', async () => {
    const channel = channelOf();
    const controller = new AbortController();
    const given = channel.receive({ signal: controller.signal });
    channel.send(a);
    controller.abort();
    expect(await given).toBe(a);
  });

  it('leaves nothing on the signal, however it ended', async () => {
    const { signal } = new AbortController();
    const channel = channelOf(a);
    await channel.receive({ signal });
    const given = channel.receive({ signal });
    channel.send(b);
    await given;
    const last = channel.receive({ signal });
    channel.end();
    await last;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('may be one of many on the same signal', async () => {
    const channel = channelOf();
    const controller = new AbortController();
    const all = Array.from({ length: 5 }, () => channel.receive({ signal: controller.signal }));
    controller.abort('enough');
    const results = await Promise.allSettled(all);
    expect(results).toEqual(Array(5).fill({ status: 'rejected', reason: 'enough' }));
    channel.send(a);
    expect(await channel.receive()).toBe(a);
  });
});

describe('iterating over a channel', () => {
  it('gives every value, and ends with it', async () => {
    const channel = channelOf(a, b);
    const seen: ZooKeeperEvent[] = [];
    const loop = (async () => {
      for await (const each of channel) seen.push(each);
    })();
    await new Promise(setImmediate);
    expect(seen).toEqual([a, b]);
    channel.send(c);
    channel.end();
    await loop;
    expect(seen).toEqual([a, b, c]);
  });

  it('gives nothing when it has ended empty', async () => {
    const channel = channelOf();
    channel.end();
    for await (const each of channel) expect.unreachable(String(each));
  });

  it('leaves the rest when it is left, for another loop', async () => {
    const channel = channelOf(a, b);
    channel.end();
    for await (const each of channel) {
      expect(each).toBe(a);
      break;
    }
    const rest: ZooKeeperEvent[] = [];
    for await (const each of channel) rest.push(each);
    expect(rest).toEqual([b]);
  });

  it('in two loops gives each value to one of them', async () => {
    const channel = channelOf(a, b, c);
    channel.end();
    const seen: ZooKeeperEvent[] = [];
    const loop = async () => {
      for await (const each of channel) seen.push(each);
    };
    await Promise.all([loop(), loop()]);
    expect(seen).toHaveLength(3);
    expect(new Set(seen)).toEqual(new Set([a, b, c]));
  });
});
