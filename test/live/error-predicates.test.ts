import { ErrorCode, op, worldACL, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { open, openSoon } from '../support/connections.js';
import { codeOf, operations } from '../support/operations.js';
import { waitFor } from '../support/wait-for.js';
import { type StubRequest, WireStub } from '../support/wire-stub.js';

/** What an operation rejects with, as the questions that a program asks. */
async function answers(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ZooKeeperError)) throw new Error('no ZooKeeperError', { cause: error });
  const { code, outcomeUnknown, retryable, terminal } = error;
  return { code, outcomeUnknown, retryable, terminal };
}

const changes = [...['create', 'createWithStat', 'set', 'delete', 'setACL', 'multi', 'reconfig']];

/** A server that takes requests, and never answers. */
async function silentServer(): Promise<{ stub: WireStub; requests: StubRequest[] }> {
  const requests: StubRequest[] = [];
  const stub = await WireStub.start((request) => {
    requests.push(request);
  });
  return { stub, requests };
}

describe('a request that was lost with its connection', () => {
  it.each(operations)(
    'is retryable, and its outcome unknown if it is a change: %s',
    async (name, call) => {
      const { stub, requests } = await silentServer();
      const conn = await open(stub.address);
      const called = answers(call(conn));
      await waitFor(() => requests.length > 0, { what: 'the request is on its way' });
      stub.hangUp();
      expect(await called).toEqual({
        code: 'ZCONNECTIONLOSS',
        outcomeUnknown: changes.includes(name),
        retryable: true,
        terminal: false,
      });
    },
  );
});

describe('a change that never left has an outcome that is known:', () => {
  it('it waited for its turn behind a credential', async () => {
    const { stub, requests } = await silentServer();
    const conn = await open(stub.address);
    const credential = codeOf(conn.addAuth('digest', 'user:password'));
    const waiting = answers(conn.set('/a', ''));
    await waitFor(() => requests.length > 0, { what: 'the probe ahead of the credential is sent' });
    stub.hangUp();
    expect(await waiting).toMatchObject({ code: 'ZCONNECTIONLOSS', outcomeUnknown: false });
    expect(await credential).toBe('ZCONNECTIONLOSS');
  });

  it('the connection was closed before', async () => {
    const { stub } = await silentServer();
    const conn = await open(stub.address);
    await conn.close();
    expect(await answers(conn.create('/a'))).toEqual({
      code: 'ZCLOSING',
      outcomeUnknown: false,
      retryable: false,
      terminal: true,
    });
  });

  it('an argument is wrong', async () => {
    const conn = openSoon('127.0.0.1:1');
    expect(await answers(conn.multi([op.create('no slash')]))).toEqual({
      code: 'ZBADARGUMENTS',
      outcomeUnknown: false,
      retryable: false,
      terminal: false,
    });
    expect(await answers(conn.setACL('/a', worldACL(31), -2))).toMatchObject({
      outcomeUnknown: false,
    });
  });
});

describe('an error of a program’s own', () => {
  it.each([
    [{ op: 'set', errno: ErrorCode.ZCONNECTIONLOSS }, true],
    [{ op: 'set', errno: ErrorCode.ZCONNECTIONLOSS, nothingChanged: true }, false],
    [{ op: 'get', errno: ErrorCode.ZCONNECTIONLOSS }, false],
    [{ op: 'set', errno: ErrorCode.ZBADVERSION }, false],
  ])('%j answers, too', (details, outcomeUnknown) => {
    expect(new ZooKeeperError(details).outcomeUnknown).toBe(outcomeUnknown);
  });
});
