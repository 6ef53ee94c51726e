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
  CHECK: 13,
  SET_AUTH: 100,
  CLOSE: -11,
} as const);

/** A request, as far as tests look at it. */
export interface StubRequest {
  readonly xid: number;
  readonly op: number;
  /** Empty for requests that have none in front. */
  readonly path: string;
  /** All of it, without the length in front. */
  readonly body: Buffer;
}

/** What the stub does otherwise than a server. */
export interface WireStubOptions {
  /** Answers the handshake of each connection: what goes out, whole frames or not. A session, unless given. */
  readonly handshake?: (connection: number) => Buffer;
  /** Takes the request that closes a session. It is answered, and the server hangs up, unless given. */
  readonly close?: (socket: Socket, answer: Buffer) => void;
}

/** The xids of what is no reply. */
export const Xid = Object.freeze({ EVENT: -1, PING: -2, AUTH: -4, SET_WATCHES: -8 } as const);

const SESSION_TIMEOUT = 3000;

/**
 * What looks like a ZooKeeper server on the wire: it grants sessions, answers pings, and leaves all
 * other answers to the test, which says exactly what goes into one packet.
 */
export class WireStub {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #port = 0;

  /** Connections that were made. */
  connections = 0;

  /** Handshakes that it answered. */
  granted = 0;

  private constructor(
    readonly onRequest: (request: StubRequest) => void,
    readonly options: WireStubOptions,
  ) {
    this.#server = createServer({ noDelay: true }, (socket) => this.#connected(socket));
  }

  /** Starts one that ends with the test. */
  static async start(
    onRequest: (request: StubRequest) => void,
    options: WireStubOptions = {},
  ): Promise<WireStub> {
    const stub = new WireStub(onRequest, options);
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
    this.connections += 1;
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
    socket.write((this.options.handshake ?? (() => grant()))(this.granted));
  }

  #take(socket: Socket, body: Buffer): void {
    const xid = body.readInt32BE(0);
    const op = body.readInt32BE(4);
    if (op === OpCode.PING) {
      socket.write(replyFrame(xid, 0));
    } else if (op === OpCode.CLOSE) {
      const close = this.options.close ?? ((to, answer) => to.end(answer));
      close(socket, replyFrame(xid, 0));
    } else {
      const length = body.length >= 12 ? body.readInt32BE(8) : 0;
      this.onRequest({ xid, op, path: body.toString('utf8', 12, 12 + length), body });
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
  header.writeInt32BE(Xid.EVENT, 0);
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

/** The answer to a handshake: protocolVersion, timeOut, sessionId, passwd, readOnly. */
export function grant({
  timeout = SESSION_TIMEOUT,
  sessionId = 0x1234n,
  passwordLength = 16,
  readOnly = 0,
} = {}): Buffer {
  const body = Buffer.alloc(37);
  body.writeInt32BE(timeout, 4);
  body.writeBigInt64BE(sessionId, 8);
  body.writeInt32BE(passwordLength, 16);
  body.writeInt8(readOnly, 36);
  return frame(body);
}

/** A text, behind its length. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int(bytes.length), bytes]);
}

/** A frame, behind its length. */
export function frame(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int(body.length), body]);
}

/** A number of four bytes. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
