import { connect, dial, ErrorCode, isError, State, ZooKeeperError } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { watchEventLoop } from '../support/event-loop.js';
import { expectFootprint, footprint, restingFootprint } from '../support/footprint.js';
import { blackHole, deadAddress, hangUp } from '../support/listener.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  // What Node.js and the C library keep for good once they were used is there before anybody counts.
  await (await connect(server.address)).close();
});

/** What a promise rejects with, and how many milliseconds that takes. */
async function rejectionOf(
  promise: Promise<unknown>,
): Promise<{ error: unknown; elapsed: number }> {
  const started = performance.now();
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, elapsed: performance.now() - started };
}

describe('connect rejects with ZOPERATIONTIMEOUT after connectTimeout', () => {
  // conformance 2
  it('when nobody listens on the port, and leaves nothing running', async () => {
    const address = await deadAddress();
    const before = await restingFootprint();
    const { error, elapsed } = await rejectionOf(connect(address, { connectTimeout: 300 }));
    expect(error).toMatchObject({
      op: 'dial',
      code: 'ZOPERATIONTIMEOUT',
      message: 'zookeeper: dial: operation timeout',
    });
    expect(elapsed).toBeGreaterThan(290);
    expect(elapsed).toBeLessThan(800);
    await expectFootprint(before);
  });

  it('when the server takes the connection and says nothing, and leaves nothing running', async () => {
    const { address } = await blackHole();
    const before = await restingFootprint();
    const loop = watchEventLoop();
    const { error, elapsed } = await rejectionOf(connect(address, { connectTimeout: 300 }));
    expect(isError(error, ErrorCode.ZOPERATIONTIMEOUT)).toBe(true);
    expect(elapsed).toBeGreaterThan(290);
    expect(elapsed).toBeLessThan(800);
    expect(loop.stop()).toBeLessThan(300);
    await expectFootprint(before);
  });

  it('when the server hangs up again and again', async () => {
    const { address } = await hangUp();
    const { error } = await rejectionOf(connect(address, { connectTimeout: 300 }));
    expect(isError(error, ErrorCode.ZOPERATIONTIMEOUT)).toBe(true);
  });

  it('which is the session timeout unless given', async () => {
    const address = await deadAddress();
    const { error, elapsed } = await rejectionOf(connect(address, { sessionTimeout: 400 }));
    expect(isError(error, ErrorCode.ZOPERATIONTIMEOUT)).toBe(true);
    expect(elapsed).toBeGreaterThan(390);
    expect(elapsed).toBeLessThan(900);
  });
});

describe('connect rejects with the reason of its signal', () => {
  it('that was aborted before, without opening anything', async () => {
    const before = await restingFootprint();
    const reason = new Error('changed my mind');
    const attempt = connect(server.address, { signal: AbortSignal.abort(reason) });
    expect(footprint()).toEqual(before);
    await expect(attempt).rejects.toBe(reason);
    await expectFootprint(before);
  });

  it('that is aborted later, and leaves nothing running', async () => {
    const { address } = await blackHole();
    const before = await restingFootprint();
    const controller = new AbortController();
    const reason = { any: 'value' };
    setTimeout(() => controller.abort(reason), 100);
    const { error, elapsed } = await rejectionOf(connect(address, { signal: controller.signal }));
    expect(error).toBe(reason);
    expect(elapsed).toBeLessThan(700);
    await expectFootprint(before);
  });

  it('that is aborted in the same turn', async () => {
    const before = await restingFootprint();
    const controller = new AbortController();
    const attempt = connect(server.address, { signal: controller.signal });
    controller.abort();
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    await expectFootprint(before);
  });

  it('that times out', async () => {
    const address = await deadAddress();
    const attempt = connect(address, { signal: AbortSignal.timeout(100) });
    await expect(attempt).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('connect rejects with ZAUTHFAILED', () => {
  it('for an auth option that the server refuses, and leaves nothing running', async () => {
    const before = await restingFootprint();
    const auth = [{ scheme: 'nonsense', cert: 'x' }];
    await expect(connect(server.address, { auth })).rejects.toMatchObject({
      op: 'dial',
      code: 'ZAUTHFAILED',
      message: expect.stringMatching(/^zookeeper: dial: /),
    });
    await expectFootprint(before);
  });

  it('when one of several credentials is refused', async () => {
    const auth = [
      { scheme: 'digest', cert: 'user:password' },
      { scheme: 'nonsense', cert: 'x' },
      { scheme: 'digest', cert: 'other:password' },
    ];
    await expect(connect(server.address, { auth })).rejects.toMatchObject({ code: 'ZAUTHFAILED' });
  });
});

describe('a host that does not resolve', () => {
  const systemError = {
    op: 'dial',
    code: 'ZSYSTEMERROR',
    errno: ErrorCode.ZSYSTEMERROR,
    message: expect.stringMatching(/^zookeeper: dial: getaddrinfo E\w+ nowhere\.invalid$/),
    cause: expect.objectContaining({ syscall: 'getaddrinfo', hostname: 'nowhere.invalid' }),
  };

  it('makes connect reject with ZSYSTEMERROR and its cause, and leaves nothing running', async () => {
    const before = await restingFootprint();
    const { error } = await rejectionOf(connect('nowhere.invalid:2181'));
    expect(error).toBeInstanceOf(ZooKeeperError);
    expect(error).toMatchObject(systemError);
    expect((error as Error).cause).toMatchObject({ code: expect.stringMatching(/^E[A-Z_]+$/) });
    await expectFootprint(before);
  });

  it('makes dial throw ZSYSTEMERROR and its cause, and leaves nothing running', async () => {
    const before = await restingFootprint();
    expect(() => dial('nowhere.invalid:2181')).toThrow(expect.objectContaining(systemError));
    await expectFootprint(before);
  });

  it('does no harm beside one that does', async () => {
    const conn = await connect(`nowhere.invalid:2181,${server.address}`);
    expect(conn.state).toBe(State.CONNECTED);
    await conn.close();
  });
});
