import { connect, countPendingWatches, dial, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, openSoon } from '../support/connections.js';
import { operations } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { eventFrame, replyFrame, WireStub, Xid } from '../support/wire-stub.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

const zeroEvent = { type: EventType.CLOSED, state: State.CLOSED, path: '', ok: false };

// conformance 4
describe('after close the session channel is closed', () => {
  it('and gives the zero event, for ever', async () => {
    const conn = await open(server.address);
    await conn.session.receive();
    await conn.close();
    expect(conn.session.closed).toBe(true);
    for (let i = 0; i < 3; i += 1) expect(await conn.session.receive()).toMatchObject(zeroEvent);
  });

  it('and gives the events that were already in it first', async () => {
    const conn = await open(server.address);
    await conn.close();
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTED });
    expect(await conn.session.receive()).toMatchObject(zeroEvent);
  });

  it('and gives the zero event to whoever waits for one', async () => {
    const conn = await open(server.address);
    await conn.session.receive();
    const waiting = [conn.session.receive(), conn.session.receive()];
    await conn.close();
    for (const event of await Promise.all(waiting)) expect(event).toMatchObject(zeroEvent);
  });

  it('and iterating over it ends, behind what was in it', async () => {
    const conn = await open(server.address);
    const states: number[] = [];
    const iterated = (async () => {
      for await (const event of conn.session) states.push(event.state);
    })();
    await conn.close();
    await iterated;
    expect(states).toEqual([State.CONNECTED]);
  });
});

// conformance 5
describe('a second close', () => {
  it('rejects with ZCLOSING, and does not hang', async () => {
    const conn = await open(server.address);
    await conn.close();
    await expect(conn.close()).rejects.toMatchObject({
      code: 'ZCLOSING',
      message: 'zookeeper: close: zookeeper is closing',
    });
  });

  it('rejects with ZCLOSING while the first is under way', async () => {
    const conn = await open(server.address);
    const first = conn.close();
    await expect(conn.close()).rejects.toMatchObject({ op: 'close', code: 'ZCLOSING' });
    await expect(first).resolves.toBeUndefined();
  });

  it('rejects with ZCLOSING on a connection that never was', async () => {
    const conn = openSoon('127.0.0.1:1');
    await conn.close();
    await expect(conn.close()).rejects.toMatchObject({ code: 'ZCLOSING' });
  });

  it('by asyncDispose waits for the first, and is no error', async () => {
    const conn = await open(server.address);
    let isClosed = false;
    const first = conn.close().then(() => {
      isClosed = true;
    });
    await conn[Symbol.asyncDispose]();
    expect(conn.state).toBe(State.CLOSED);
    await first;
    expect(isClosed).toBe(true);
    await conn[Symbol.asyncDispose]();
  });

  it('after asyncDispose rejects with ZCLOSING', async () => {
    const conn = await open(server.address);
    await conn[Symbol.asyncDispose]();
    await expect(conn.close()).rejects.toMatchObject({ code: 'ZCLOSING' });
  });
});

// conformance 5
describe('every operation after close rejects with ZCLOSING', () => {
  it.each(operations)('%s', async (op, call) => {
    const conn = await connect(server.address);
    const closing = conn.close();
    await expect(call(conn)).rejects.toMatchObject({ code: 'ZCLOSING', op });
    await closing;
    await expect(call(conn)).rejects.toMatchObject({ code: 'ZCLOSING', op });
  });

  it('retryChange', async () => {
    const conn = await connect(server.address);
    await conn.close();
    const changing = conn.retryChange('/a', () => 'x');
    await expect(changing).rejects.toMatchObject({ code: 'ZCLOSING' });
  });
});

describe('close', () => {
  it('ends the session: its ephemeral nodes go', async () => {
    const conn = await open(server.address);
    const other = await open(server.address);
    await conn.create('/ephemeral', '', { flags: 1 });
    const { watch } = await other.existsW('/ephemeral');
    await conn.close();
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED });
  });

  it('has ended the session when it resolves: its ephemeral nodes are gone', async () => {
    const other = await open(server.address);
    for (let i = 0; i < 20; i += 1) {
      const conn = await open(server.address);
      await conn.create(`/ephemeral-${i}`, '', { flags: 1 });
      await conn.close();
      expect(await other.exists(`/ephemeral-${i}`)).toBeNull();
    }
  });

  it('waits until the server has ended the session, whatever else it says before', async () => {
    let isEnded = false;
    const stub = await WireStub.start(() => {}, {
      close: (socket, answer) => {
        // Of these the C client takes any for the answer.
        socket.write(eventFrame(EventType.CREATED, '/never-watched'));
        socket.write(replyFrame(Xid.PING, 0));
        setTimeout(() => {
          isEnded = true;
          socket.end(answer);
        }, 200);
      },
    });
    const conn = await open(stub.address);
    await conn.close();
    expect(isEnded).toBe(true);
  });

  it('leaves the state CLOSED, and the identity readable', async () => {
    const conn = await open(server.address);
    const { id } = conn.clientId;
    await conn.close();
    expect(conn.state).toBe(State.CLOSED);
    expect(conn.clientId.id).toBe(id);
    expect(conn.sessionTimeout).toBe(10_000);
  });

  it('lets every request that was made before it come to its end', async () => {
    const conn = await open(server.address);
    const reads = Array.from({ length: 10_000 }, () => conn.exists('/'));
    await conn.close();
    for (const stat of await Promise.all(reads)) expect(stat).not.toBeNull();
  });

  // conformance 2
  it('is immediate when nobody listens on the port', async () => {
    const conn = dial('127.0.0.1:1');
    await expect(conn.exists('/')).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(250);
  });

  it('works in the turn of dial', async () => {
    const before = countPendingWatches();
    const conn = dial(server.address);
    const read = conn.exists('/').catch((error: unknown) => error);
    await conn.close();
    expect(conn.state).toBe(State.CLOSED);
    // There may have been time for an answer.
    expect(await read).toEqual(expect.anything());
    expect(countPendingWatches()).toBe(before);
  });
});
