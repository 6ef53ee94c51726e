import {
  countPendingWatches,
  EventType,
  State,
  ZooKeeperError,
  ZooKeeperEvent,
} from 'libzookeeper';
import { expect, it } from 'vitest';
import { zeroEvent } from '../../dist/event.js';
import { SessionChannel } from '../../dist/session-channel.js';

const event = (number: number) =>
  new ZooKeeperEvent(EventType.SESSION, State.CONNECTED, String(number));

function newChannel(): { channel: SessionChannel; errors: ZooKeeperError[] } {
  const errors: ZooKeeperError[] = [];
  return { channel: new SessionChannel((error) => errors.push(error)), errors };
}

async function receiveAll(channel: AsyncIterable<ZooKeeperEvent>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of channel) paths.push(path);
  return paths;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

it('counts as one pending watch until its connection ends', () => {
  const before = countPendingWatches();
  const { channel } = newChannel();
  expect(countPendingWatches() - before).toBe(1);
  channel.end();
  expect(countPendingWatches() - before).toBe(0);
});

it('keeps the newest 32 events until somebody has it', async () => {
  const { channel, errors } = newChannel();
  for (let number = 1; number <= 100; number += 1) channel.send(event(number));
  const opened = channel.open();
  channel.end();
  expect(await receiveAll(opened)).toEqual(numbers(69, 100));
  expect(errors).toEqual([]);
});

it('is one and the same channel each time it is asked for', () => {
  const { channel } = newChannel();
  expect(channel.open()).toBe(channel.open());
  channel.end();
});

it('takes 32 uncollected events once somebody has it', async () => {
  const { channel, errors } = newChannel();
  const opened = channel.open();
  for (let number = 1; number <= 32; number += 1) channel.send(event(number));
  expect(opened.closed).toBe(false);
  channel.end();
  expect(await receiveAll(opened)).toEqual(numbers(1, 32));
  expect(errors).toEqual([]);
});

it('ends with one error at the 33rd uncollected event, and gives what it has', async () => {
  const { channel, errors } = newChannel();
  const opened = channel.open();
  for (let number = 1; number <= 40; number += 1) channel.send(event(number));
  expect(opened.closed).toBe(true);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toBeInstanceOf(ZooKeeperError);
  expect(errors[0]?.message).toMatch(/session channel is full: more than 32 events/);
  expect(await receiveAll(opened)).toHaveLength(32);
  expect(await opened.receive()).toBe(zeroEvent);
  channel.end();
});

it('never overflows while it is read', async () => {
  const { channel, errors } = newChannel();
  const opened = channel.open();
  for (let number = 1; number <= 200; number += 1) {
    channel.send(event(number));
    expect((await opened.receive()).path).toBe(String(number));
  }
  expect(errors).toEqual([]);
  channel.end();
});
