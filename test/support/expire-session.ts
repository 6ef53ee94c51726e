import { connect } from 'node:net';
import { parseAddress } from './address.js';
import type { TcpProxy } from './tcp-proxy.js';

/** What names a session: a `ClientId`. */
interface SessionId {
  id: bigint;
  passwd: Uint8Array;
}

const CLOSE_SESSION = -11;

/**
 * Ends a session on the server at once, as if it had expired: resumes it from a connection of its
 * own, and closes it there. With a {@link TcpProxy} between the client and the server, the client is
 * cut off meanwhile, and let through again: it then learns that its session is gone. With an
 * address it is not, and must be away already, or it may take its session back.
 *
 * @returns rejects when the server does not know the session, or not with that password
 */
export async function expireSession(through: TcpProxy | string, session: SessionId): Promise<void> {
  if (typeof through === 'string') return closeSession(through, session);
  through.refuse();
  through.cut();
  try {
    await closeSession(through.target, session);
  } finally {
    await through.accept();
  }
}

function closeSession(address: string, session: SessionId): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const socket = connect(parseAddress(address));
    socket.setTimeout(5000, () => socket.destroy(new Error(`no answer from ${address}`)));
    // One segment: nobody can take the session back in between.
    socket.on('connect', () => {
      socket.write(Buffer.concat([connectRequest(session), closeRequest()]));
    });
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [connected, closed] = frames(answer);
      // Its timeout is 0 for a session that is no more, its error in the third field of a reply.
      if (connected === undefined || connected.readInt32BE(4) <= 0) {
        reject(new Error(`no session 0x${session.id.toString(16)} with that password`));
      } else if (closed === undefined || closed.readInt32BE(12) !== 0) {
        reject(new Error(`the server did not close session 0x${session.id.toString(16)}`));
      } else {
        resolve();
      }
    });
  });
}

/** protocolVersion, lastZxidSeen, timeOut, sessionId, passwd, readOnly. */
function connectRequest({ id, passwd }: SessionId): Buffer {
  const head = Buffer.alloc(28);
  head.writeInt32BE(30_000, 12);
  head.writeBigInt64BE(BigInt.asIntN(64, id), 16);
  head.writeInt32BE(passwd.length, 24);
  return frame(Buffer.concat([head, passwd, Buffer.alloc(1)]));
}

/** xid, type. */
function closeRequest(): Buffer {
  const header = Buffer.alloc(8);
  header.writeInt32BE(1, 0);
  header.writeInt32BE(CLOSE_SESSION, 4);
  return frame(header);
}

function frame(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function frames(bytes: Buffer): Buffer[] {
  const result: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readInt32BE(at);
    if (end > bytes.length) break;
    result.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return result;
}
