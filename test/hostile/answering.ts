import { type Conn, State } from 'libzookeeper';
import { expect } from 'vitest';
import { reached } from '../support/session-states.js';
import { dataBody, replyFrame, type StubRequest, WireStub } from '../support/wire-stub.js';

/** What a get of it gives, from a server that {@link answering} makes. */
export const GOOD_PATH = '/good';

/** A server that says what it is told to, but for a get of {@link GOOD_PATH}, which it answers. */
export async function answering(
  answer: (request: StubRequest) => readonly Buffer[],
): Promise<WireStub> {
  const stub = await WireStub.start((request) => {
    const { xid, path } = request;
    stub.send(...(path === GOOD_PATH ? [replyFrame(xid, 0, dataBody('good'))] : answer(request)));
  });
  return stub;
}

/** Expects that a call rejects since the server broke the protocol, that the session goes on, and that it still works. */
export async function expectRefused(
  conn: Conn,
  call: Promise<unknown>,
  complaint: RegExp,
  code = 'EPROTO',
): Promise<void> {
  await expect(call).rejects.toMatchObject({
    code: 'ZCONNECTIONLOSS',
    cause: { code, message: expect.stringMatching(complaint) },
  });
  await reached(conn, State.CONNECTED);
  expect((await conn.get(GOOD_PATH)).data.toString()).toBe('good');
}
