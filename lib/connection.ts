import { ClientId } from './client-id.js';
import { CONFIG_NODE } from './config.js';
import { EventType, State } from './constants.js';
import { Delivery } from './delivery.js';
import { type DialSettings, wipeSecrets } from './dial-options.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperEvent } from './event.js';
import { delayExit } from './exit.js';
import { type Fault, type FaultRecord, faultError } from './fault.js';
import { asFormat, type Logger, parseLogLine, writeToStderr } from './logger.js';
import { addon } from './native.js';
import { PendingRequest, PlainRequest, type Send } from './pending-request.js';
import { RecordLayout as L } from './record-layout.js';
import type { BatchReader, EndRecord, LogRecord, Reply, SessionRecord } from './records.js';
import { emptyReply } from './records.js';
import { Requests } from './requests.js';
import { ordered } from './servers.js';
import type { OpenFailure } from './system-error.js';
import { throwLater } from './throw-later.js';
import type { PendingWatch, WatchKind } from './watch.js';
import { WatchTables } from './watch-tables.js';

/** What a connection tells the object that it belongs to. */
export interface ConnectionListener {
  /** A session event, in order with everything else. */
  onSession(event: ZooKeeperEvent): void;
  /** `zookeeper_init` failed, for the system error that the record holds. It is tried again. */
  onOpenFailure(record: EndRecord): void;
  /** There is no connection, for a reason that is known. It is tried again. */
  onFault(record: FaultRecord): void;
}

/** The registration of a watch that a request carries. */
export interface Registration {
  readonly kind: WatchKind;
  readonly path: string;
}

/** A reply, and the watch that it made. */
export interface WatchReply {
  readonly reply: Reply;
  readonly watch: PendingWatch | undefined;
}

/** A request that registers a watch. */
class WatchRequest extends PendingRequest<WatchReply> {
  readonly #registration: Registration;
  readonly #watches: WatchTables;

  constructor(
    client: number,
    send: Send,
    signal: AbortSignal | undefined,
    registration: Registration,
    watches: WatchTables,
  ) {
    super(client, send, signal);
    this.#registration = registration;
    this.#watches = watches;
  }

  protected outcome(reply: Reply): WatchReply {
    const { kind, path } = this.#registration;
    const watch = this.#watches.settle(kind, path, reply.rc);
    if (this.isAborted) void watch?.cancel();
    return { reply, watch };
  }
}

/** The least time that a close is given, in milliseconds, however much of the session's was used up before. */
const LEAST_CLOSE_TIME = 250;

/**
 * What the C client says of requests that were lost with their connection, besides `ZCONNECTIONLOSS`: the server was silent
 * for too long; the close cut them off; TLS could not be agreed on. To the caller it is all one: nobody knows whether they were carried out.
 */
const lostWithConnection: ReadonlySet<number> = new Set([
  ErrorCode.ZOPERATIONTIMEOUT,
  ErrorCode.ZCLOSING,
  ErrorCode.ZSSLCONNECTIONERROR,
]);

/** Whether requests are answered in that state. */
function isConnected(state: State): boolean {
  return state === State.CONNECTED || state === State.READONLY;
}

/** What a server says of the existence of a path: it is there, and listens. */
const answersOfProbe: ReadonlySet<number> = new Set([
  ErrorCode.ZOK,
  ErrorCode.ZNONODE,
  ErrorCode.ZNOAUTH,
]);

/**
 * One connection, from its opening to its close: takes in what native code delivers, and keeps what is known of the session.
 * Everything here runs on the JavaScript thread that opened it.
 */
export class Connection {
  /** Its number in native code; -1 before it is opened. */
  #client = -1;
  readonly #listener: ConnectionListener;
  readonly #settings: DialSettings;
  readonly #requests = new Requests(() => this.#onChange());
  readonly #releaseRequests = this.#requests.hold();
  readonly #watches: WatchTables;
  /** Called when the session's state changed, or the last request was settled. */
  #onChange: () => void = () => {};
  #onClosed: () => void = () => {};
  #isOpen = false;
  #isClosing = false;
  /** Whether native code has forgotten it. */
  #isReleased = false;
  /** How the session ended: its last state, if it ended. */
  #end: State | undefined;

  #fault: Fault | undefined;

  /** The session's state, as the events so far tell it. */
  state: State = State.CONNECTING;
  /** The session's identity; all zeros before the first connection. */
  clientId: ClientId;
  /** The negotiated timeout in milliseconds; the wanted one before the first connection. */
  sessionTimeout: number;
  /** `host:port` of the server, or null. */
  currentServer: string | null = null;

  constructor(settings: DialSettings, listener: ConnectionListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.clientId = settings.clientId ?? new ClientId(0n, Buffer.alloc(16));
    this.sessionTimeout = settings.sessionTimeout;
    this.#watches = new WatchTables((path, type) => this.#removeWatches(path, type));
  }

  /**
   * Opens the native side, and waits for that at most `waitMs`, with the event loop standing still. Requests that are made
   * before it is open wait.
   *
   * @returns why it failed, if it did
   */
  open(waitMs: number): OpenFailure | undefined {
    const { servers, sessionTimeout, resolutionDelay, shuffleAddresses } = this.#settings;
    const { credentials, tls, sasl, clientId, readOnly, maxFrame } = this.#settings;
    try {
      this.#client = addon.open(
        new Delivery(
          (record) => this.#take(record),
          () => {
            // Its number may be another's by then.
            if (!this.#isReleased) addon.rearm(this.#client);
          },
        ).onBatch,
        servers,
        sessionTimeout,
        resolutionDelay,
        shuffleAddresses,
        clientId === undefined ? null : clientId.id,
        clientId === undefined ? null : clientId.passwd,
        credentials,
        tls,
        sasl,
        readOnly,
        maxFrame,
      );
    } finally {
      // Native code has what it needs of the secrets.
      wipeSecrets(this.#settings);
    }
    const state = addon.awaitOpen(this.#client, waitMs);
    if (state === 1) this.#opened();
    if (state !== 2) return undefined;
    return {
      systemError: addon.openSystemError(this.#client),
      resolverError: addon.openResolverError(this.#client),
    };
  }

  /** Whether paths are relative to another one than the root. */
  get isBelowChroot(): boolean {
    return this.#settings.chroot !== '';
  }

  /** Whether {@link close} was called. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** The code with which every request ends from now on, or 0. */
  get endCode(): number {
    return this.#isClosing ? ErrorCode.ZCLOSING : this.#sessionEndCode;
  }

  /** The code of the session's end, or 0. */
  get #sessionEndCode(): number {
    if (this.#end === State.AUTH_FAILED) return ErrorCode.ZAUTHFAILED;
    return this.#end === undefined ? 0 : ErrorCode.ZSESSIONEXPIRED;
  }

  /** What is behind the loss, or the end, of the connection: known of TLS and SASL, until there is a connection again. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Bytes that stay as they are until a request that is made now is sent, whatever their owner does with them. */
  preserve<Bytes extends Uint8Array | null>(bytes: Bytes): Bytes | Buffer {
    return bytes !== null && this.#requests.isBusy ? Buffer.from(bytes) : bytes;
  }

  /**
   * Makes a request. Resolves to the reply, whatever its code.
   *
   * @throws the signal's reason, when it aborts first; the request may still be carried out
   */
  request(send: Send, signal?: AbortSignal): Promise<Reply> {
    const request = new PlainRequest(this.#client, send, signal);
    this.#requests.submit(request);
    return request.promise;
  }

  /** Makes a request that registers a watch. A watch that nobody waits for any more, for its signal, is removed. */
  requestWatch(registration: Registration, send: Send, signal?: AbortSignal): Promise<WatchReply> {
    const request = new WatchRequest(this.#client, send, signal, registration, this.#watches);
    this.#watches.expect(registration.kind, registration.path);
    this.#requests.submit(request);
    return request.promise;
  }

  /**
   * Presents a credential. The C client must not be given one while a request is half sent, and gives all that are under way
   * the answer of the first (trap 10). So requests wait, and a request that changes nothing goes ahead: once it is answered,
   * all that was sent before was, credentials included.
   */
  addAuth(scheme: string, certificate: Uint8Array): Promise<Reply> {
    return new Promise((resolve) => {
      let release = (): void => {};
      this.#requests.submit({
        send: (id) => {
          release = this.#requests.hold();
          return addon.exists(this.#client, id, '/', false);
        },
        settle: ({ rc }) => {
          if (!answersOfProbe.has(rc)) {
            resolve(emptyReply(rc));
            release();
            return;
          }
          // Nothing goes behind it before it is answered: a server that refuses it closes the connection, and what is
          // being sent just then would make a loss of that.
          this.#requests.sendNow({
            send: (id) => addon.addAuth(this.#client, id, scheme, certificate),
            settle: (reply) => {
              // The close has begun meanwhile, the connection having been lost.
              const isTooLate = reply.rc === ErrorCode.ZINVALIDSTATE;
              resolve(isTooLate ? emptyReply(ErrorCode.ZCONNECTIONLOSS) : reply);
              release();
            },
          });
        },
      });
    });
  }

  /**
   * Uses other servers. Not a request: it does not wait behind any, nor for the handle, which may be what it helps to open.
   *
   * @param hosts - in the order in which to try them
   */
  setServers(hosts: readonly string[]): Promise<Reply> {
    const servers = ordered(hosts, this.#settings.shuffleAddresses).join(',');
    const send: Send = (client, id) => addon.setServers(client, id, servers);
    const request = new PlainRequest(this.#client, send, undefined);
    this.#requests.sendNow(request);
    return request.promise;
  }

  /**
   * Closes the connection: lets what is in flight come to its end, unless told not to, then the session. Resolves when all
   * is done, or when the C client takes longer over it than the session can last, in which case it is left to itself.
   */
  async close({ settle } = { settle: true }): Promise<void> {
    this.#isClosing = true;
    const since = performance.now();
    // Without waiting where there is nothing to wait for: the process may exit right behind this call.
    while (settle && this.#canSettle) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    // What waits for its turn would be sent into a connection that is being closed.
    this.#requests.failWaiting(ErrorCode.ZCONNECTIONLOSS);
    // What never opened waits for a resolver, and has no session that could be closed.
    const timeLeft = this.#isOpen ? this.sessionTimeout - (performance.now() - since) : 0;
    await this.#closeNative(timeLeft);
    this.state = State.CLOSED;
    this.currentServer = null;
    this.#requests.failAll(ErrorCode.ZCONNECTIONLOSS);
    this.#watches.endAll();
  }

  /** Whether something is in flight, and there is a connection on which it can be answered. */
  get #canSettle(): boolean {
    return isConnected(this.state) && !this.#requests.isIdle;
  }

  async #closeNative(timeLeft: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const letExit = delayExit(this.#client);
      const deadline = setTimeout(
        () => {
          letExit();
          addon.unref(this.#client);
          this.#log(
            'warn',
            'the C client does not come to an end; its threads are left to themselves',
          );
          resolve();
        },
        Math.max(timeLeft, LEAST_CLOSE_TIME),
      );
      this.#onClosed = () => {
        letExit();
        clearTimeout(deadline);
        this.#isReleased = true;
        addon.release(this.#client);
        resolve();
      };
      // Without a thread there will be no record that says so.
      if (!addon.close(this.#client)) this.#onClosed();
    });
  }

  #take(record: BatchReader): void {
    switch (record.kind) {
      case L.REPLY:
        this.#takeReply(record);
        break;
      case L.EVENT:
        this.#watches.fire(record.event());
        break;
      case L.SESSION:
        this.#takeSession(record.session());
        break;
      case L.LOG:
        this.#takeLog(record.log());
        break;
      case L.FAULT:
        this.#takeFault(record.fault());
        break;
      case L.OPENED:
        this.#takeOpened(record.end());
        break;
      case L.IO_ENDED:
        // Requests that slipped in as the session ended have no other answer.
        this.#requests.failAll(this.#sessionEndCode || ErrorCode.ZCONNECTIONLOSS);
        break;
      case L.CLOSED:
        this.#onClosed();
        break;
    }
  }

  #takeReply(record: BatchReader): void {
    const request = this.#requests.take(record.replyId);
    if (request !== undefined) this.#requests.settle(request, this.#checked(record.reply()));
  }

  #takeOpened(record: EndRecord): void {
    if (record.rc === 0) {
      this.#opened();
    } else if (!this.#isOpen) {
      this.#requests.failWaiting(ErrorCode.ZCONNECTIONLOSS);
      this.#listener.onOpenFailure(record);
    }
  }

  #opened(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#releaseRequests();
  }

  #takeSession(record: SessionRecord): void {
    // The C client may go on about a session that is known to have ended.
    if (this.#end !== undefined) return;
    this.sessionTimeout = record.timeout;
    this.clientId = record.clientId;
    this.currentServer = record.server === '' ? null : record.server;
    if (record.state === State.EXPIRED_SESSION || record.state === State.AUTH_FAILED) {
      this.#endSession(record.state);
    } else {
      if (record.state === State.CONNECTED) this.#fault = undefined;
      this.#changeState(record.state);
      if (isConnected(record.state)) this.#watches.removeLeftovers();
    }
  }

  #takeFault(record: FaultRecord): void {
    const fault = faultError(record);
    // It is tried again and again: once is enough to be told.
    if (this.#fault?.message !== fault.message) this.#log('error', fault.message);
    this.#fault = fault;
    this.#listener.onFault(record);
  }

  #checked(reply: Reply): Reply {
    // A session that ended elsewhere may stay connected here: any reply that says so is the expiry (trap 28).
    if (reply.rc === ErrorCode.ZSESSIONEXPIRED) this.#endSession(State.EXPIRED_SESSION);
    const isLost = lostWithConnection.has(reply.rc) || this.#isWithoutSocket(reply);
    return isLost ? emptyReply(ErrorCode.ZCONNECTIONLOSS) : reply;
  }

  /** Whether it was not sent for want of a socket: without a connection there is no server that could have said so. */
  #isWithoutSocket({ rc, resolverError }: Reply): boolean {
    return rc === ErrorCode.ZSYSTEMERROR && resolverError === 0 && !isConnected(this.state);
  }

  #endSession(state: State): void {
    if (this.#end !== undefined) return;
    this.#end = state;
    this.currentServer = null;
    this.#watches.endAll(new ZooKeeperEvent(EventType.SESSION, state, ''));
    this.#changeState(state);
  }

  #changeState(state: State): void {
    this.state = state;
    this.#listener.onSession(new ZooKeeperEvent(EventType.SESSION, state, ''));
    this.#onChange();
  }

  #takeLog({ line, time, lost }: LogRecord): void {
    if (lost > 0)
      this.#log('warn', `${lost} lines of the log were lost: the event loop did not turn`);
    if (this.#settings.logger === undefined) {
      writeToStderr(line);
      return;
    }
    const { level, message } = parseLogLine(line);
    this.#log(level, message, time);
  }

  #log(level: keyof Logger, message: string, time = new Date()): void {
    try {
      this.#settings.logger?.[level](asFormat(message), { time });
    } catch (error) {
      throwLater(error);
    }
  }

  async #removeWatches(path: string, type: 1 | 2): Promise<number> {
    if (this.endCode !== 0) return ErrorCode.ZNOWATCHER;
    // It would take the watch of a configW along, which the tables know by another name.
    if (this.isBelowChroot && this.#settings.chroot + path === CONFIG_NODE) {
      return ErrorCode.ZNOWATCHER;
    }
    const { rc } = await this.request((client, id) => addon.removeWatches(client, id, path, type));
    return rc;
  }
}
