import { EventType, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { operations } from '../support/operations.js';
import { recordStates } from '../support/session-states.js';
import { waitFor } from '../support/wait-for.js';
import {
  dataBody,
  replyFrame,
  type StubRequest,
  statBody,
  WireStub,
} from '../support/wire-stub.js';

const SESSION_EXPIRED = -112;

/** A server that serves reads, and answers everything else as if the session were gone. */
async function forgetfulServer(): Promise<WireStub> {
  const stub = await WireStub.start(({ xid, path }: StubRequest) => {
    if (path.startsWith('/data')) stub.send(replyFrame(xid, 0, dataBody('x')));
    else if (path.startsWith('/there')) stub.send(replyFrame(xid, 0, statBody()));
    else stub.send(replyFrame(xid, SESSION_EXPIRED));
  });
  return stub;
}

// Trap 28 of design.md: a session that was closed elsewhere can stay connected here, in an ensemble:
// one server alone ends the connection that a session had when somebody else resumes it.
describe('an answer that the session has expired, on a connection that stays, is the expiry', () => {
  it.each(operations)('for %s: state, session channel and watches', async (op, call) => {
    const server = await forgetfulServer();
    const conn = await open(server.address);
    const { watch } = await conn.getW('/data');
    const { watch: other } = await conn.existsW('/there');
    const states = recordStates(conn);

    await expect(call(conn)).rejects.toMatchObject({ code: 'ZSESSIONEXPIRED', op });
    expect(conn.state).toBe(State.EXPIRED_SESSION);
    expect(states).toEqual([State.EXPIRED_SESSION]);
    for (const one of [watch, other]) {
      expect(await one.receive()).toMatchObject({
        type: EventType.SESSION,
        state: State.EXPIRED_SESSION,
      });
      expect(one.closed).toBe(true);
    }
    await expect(conn.get('/data')).rejects.toMatchObject({ code: 'ZSESSIONEXPIRED' });
  });

  it('once, however many answers say so', async () => {
    const server = await forgetfulServer();
    const conn = await open(server.address);
    const states = recordStates(conn);
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => conn.set('/a', '')));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ZSESSIONEXPIRED' } });
    }
    expect(states).toEqual([State.EXPIRED_SESSION]);
    await conn.close();
    expect(states).toEqual([State.EXPIRED_SESSION]);
  });

  it('for good: the connection may be lost and come back, and nothing is heard of that', async () => {
    const server = await forgetfulServer();
    const conn = await open(server.address);
    const states = recordStates(conn);
    await conn.set('/a', '').catch(() => {});
    server.hangUp();
    await waitFor(() => server.granted === 2, { what: 'the C client is back' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(states).toEqual([State.EXPIRED_SESSION]);
    expect(conn.state).toBe(State.EXPIRED_SESSION);
    expect(conn.currentServer).toBeNull();
    await expect(conn.get('/data')).rejects.toMatchObject({ code: 'ZSESSIONEXPIRED' });
  });

  it('and what the server answers behind it is still delivered', async () => {
    const requests: StubRequest[] = [];
    const server = await WireStub.start((request) => {
      requests.push(request);
      if (requests.length < 2) return;
      const [first, second] = requests as [StubRequest, StubRequest];
      server.send(
        replyFrame(first.xid, SESSION_EXPIRED),
        replyFrame(second.xid, 0, dataBody('late')),
      );
    });
    const conn = await open(server.address);
    const [set, get] = await Promise.allSettled([
      conn.set('/a', ''),
      conn.get('/data', { encoding: 'utf8' }),
    ]);
    expect(set).toMatchObject({ status: 'rejected', reason: { code: 'ZSESSIONEXPIRED' } });
    expect(get).toMatchObject({ status: 'fulfilled', value: { data: 'late' } });
  });
});
