import { readFileSync } from 'node:fs';
import { connect, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { operations } from '../support/operations.js';
import { reached } from '../support/session-states.js';
import { dataBody, frame, int, replyFrame, statBody } from '../support/wire-stub.js';
import { answering, expectRefused } from './answering.js';

const MiB = 1024 * 1024;

/** What the process takes of the machine's memory, at most so far, and now. */
function memory(): { peak: number; now: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(status)?.[1]);
  return { peak: kilobytes('VmHWM') * 1024, now: kilobytes('VmRSS') * 1024 };
}

describe('a reply larger than maxFrame', () => {
  it.each<[string, Buffer]>([
    ['a byte above 64 MiB', int(64 * MiB + 1)],
    ['2 GiB', int(2 ** 31 - 1)],
  ])('is refused by its length alone: %s', async (_what, length) => {
    const server = await answering(() => [length]);
    const conn = await open(server.address);
    await expectRefused(conn, conn.get('/a'), /too large.*bytes, more than maxFrame/, 'EMSGSIZE');
  });

  it.each([-1, -(2 ** 31)])('is not one of a length of %i', async (length) => {
    const server = await answering(() => [int(length)]);
    const conn = await open(server.address);
    await expectRefused(conn, conn.get('/a'), /cut short/);
  });

  it('is what the option says it is, to the byte', async () => {
    // Header, length, data and stat.
    const data = 'x'.repeat(4096 - 16 - 4 - 68);
    const server = await answering(({ xid, path }) => [
      replyFrame(xid, 0, dataBody(path === '/fits' ? data : `${data}x`)),
    ]);
    const conn = await open(server.address, { maxFrame: 4096 });
    expect((await conn.get('/fits')).data.length).toBe(data.length);
    await expectRefused(conn, conn.get('/larger'), /4097 bytes/, 'EMSGSIZE');
  });

  it.each([0, 1023, 256 * MiB + 1, 1.5, '1024', null, Number.NaN])(
    'is nothing that the option can say: %s',
    async (maxFrame) => {
      await expect(connect('127.0.0.1:1', { maxFrame: maxFrame as number })).rejects.toMatchObject({
        code: 'ZBADARGUMENTS',
        message: expect.stringContaining('maxFrame must be an integer from 1024 to 268435456'),
      });
    },
  );
});

describe('lengths and counts that are not true', () => {
  it('cost no memory, however large they are', async () => {
    const huge = [
      Buffer.concat([int(2 ** 31 - 1), statBody()]),
      Buffer.concat([int(60 * MiB), statBody()]),
    ];
    let body = huge[0] as Buffer;
    const server = await answering(({ xid }) => [replyFrame(xid, 0, body)]);
    const conn = await open(server.address, { sessionTimeout: 1000 });
    const calls = operations.filter(([name]) =>
      ['get', 'children', 'acl', 'create'].includes(name),
    );
    const before = memory();
    for (body of huge) {
      for (const [, call] of calls) {
        await expect(call(conn)).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
        await reached(conn, State.CONNECTED);
      }
    }
    expect(memory().peak - before.now).toBeLessThan(48 * MiB);
  });

  it('of a frame whose bytes never come keep nobody: what waits for them ends with the connection', async () => {
    const server = await answering(() => [Buffer.concat([int(MiB), Buffer.alloc(100)])]);
    const conn = await open(server.address, { sessionTimeout: 1000 });
    const call = conn.get('/a');
    call.catch(() => {});
    const started = performance.now();
    await expect(call).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    // The stub grants 3 s, of which two thirds may be silent.
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('make no difference when the frame comes a byte at a time', async () => {
    const server = await answering(() => []);
    const conn = await open(server.address);
    const call = conn.get('/a');
    const whole = frame(Buffer.alloc(12, 0xff), Buffer.alloc(20));
    for (const byte of whole) {
      server.send(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expectRefused(conn, call, /event/);
  });
});
