import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Types of requests, from `zookeeper.jute`'s `OpCode`. */
export const OpCode = Object.freeze({
  CREATE: 1,
  DELETE: 2,
  EXISTS: 3,
  GET_DATA: 4,
  SET_DATA: 5,
  PING: 11,
  CLOSE: -11,
} as const);

/** A request, as far as tests look at it. */
export interface StubRequest {
  readonly xid: number;
  readonly op: number;
  /** Empty for requests that have none in front. */
  readonly path: string;
}

/** The xids of what is no reply. */
const EVENT_XID = -1;

const SESSION_TIMEOUT = 3000;

/**
 * What looks like a ZooKeeper server on the wire: it grants sessions, answers pings, and leaves all
 * other answers to the test, which says exactly what goes into one packet.
 */
export class WireStub {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #port = 0;

  /** Sessions that it granted: connections that got as far as that. */
  granted = 0;

  private constructor(readonly onRequest: (request: StubRequest) => void) {
    this.#server = createServer({ noDelay: true }, (socket) => this.#connected(socket));
  }

  /** Starts one that ends with the test. */
  static async start(onRequest: (request: StubRequest) => void): Promise<WireStub> {
    const stub = new WireStub(onRequest);
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    const address = stub.#server.address();
    if (typeof address === 'object' && address !== null) stub.#port = address.port;
    onTestFinished(async () => {
      for (const socket of stub.#sockets) socket.destroy();
      await new Promise((resolve) => stub.#server.close(resolve));
    });
    return stub;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Sends frames to every client, in one piece. */
  send(...frames: readonly Buffer[]): void {
    for (const socket of this.#sockets) socket.write(Buffer.concat(frames));
  }

  /** Hangs up on every client. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    let received = Buffer.alloc(0);
    let isFirst = true;
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const end = 4 + received.readInt32BE(0);
        const body = received.subarray(4, end);
        received = received.subarray(end);
        if (isFirst) this.#grant(socket);
        else this.#take(socket, body);
        isFirst = false;
      }
    });
  }

  #grant(socket: Socket): void {
    this.granted += 1;
    socket.write(grant());
  }

  #take(socket: Socket, body: Buffer): void {
    const xid = body.readInt32BE(0);
    const op = body.readInt32BE(4);
    if (op === OpCode.PING) {
      socket.write(replyFrame(xid, 0));
    } else if (op === OpCode.CLOSE) {
      socket.end(replyFrame(xid, 0));
    } else {
      const length = body.length >= 12 ? body.readInt32BE(8) : 0;
      this.onRequest({ xid, op, path: body.toString('utf8', 12, 12 + length) });
    }
  }
}

/** A reply: its request's xid, the error, and a body unless there is an error. */
export function replyFrame(xid: number, err: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32BE(xid, 0);
  header.writeBigInt64BE(1n, 4);
  header.writeInt32BE(err, 12);
  return frame(header, body);
}

/** The event of a watch. */
export function eventFrame(type: number, path: string): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32BE(EVENT_XID, 0);
  header.writeBigInt64BE(-1n, 4);
  const event = Buffer.alloc(8);
  event.writeInt32BE(type, 0);
  event.writeInt32BE(3, 4);
  return frame(header, event, text(path));
}

/** The body of the reply to `getData`. */
export function dataBody(data: string, version = 0): Buffer {
  return Buffer.concat([text(data), statBody(version)]);
}

/** A stat; the body of the reply to `exists` and `setData`. */
export function statBody(version = 0): Buffer {
  const stat = Buffer.alloc(68);
  stat.writeInt32BE(version, 32);
  return stat;
}

/** protocolVersion, timeOut, sessionId, passwd, readOnly. */
function grant(): Buffer {
  const body = Buffer.alloc(37);
  body.writeInt32BE(SESSION_TIMEOUT, 4);
  body.writeBigInt64BE(0x1234n, 8);
  body.writeInt32BE(16, 16);
  return frame(body);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int(bytes.length), bytes]);
}

function frame(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int(body.length), body]);
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
