import type { ClientId } from '../client-id.js';
import { Connection } from '../connection.js';
import { State } from '../constants.js';
import { ErrorCode } from '../error-code.js';
import { setLogLevel } from '../logger.js';
import type { Reply } from '../records.js';
import type { WatchKind } from '../watch.js';
import type { SessionSettings } from './config.js';
import type { Exchange } from './exchanges.js';
import { type Callback, PendingCallbacks } from './pending-callbacks.js';
import { afterContinuations, Turns } from './turns.js';
import type { watchCb } from './types.js';
import { Watchers } from './watchers.js';

/** Hands a request of a connection to the C client under an id. @returns its code; 0 promises a reply */
export type Send = (client: number, id: number) => number;

/** The watch that a request makes; without a function it is the client's own. */
export interface WatchRequest {
  readonly kind: WatchKind;
  readonly path: string;
  readonly watcher?: watchCb;
}

/** What a session tells the client that it belongs to. */
export interface SessionListener {
  /** The connection is there, or there again. */
  readonly onConnect: () => void;
  /** It is lost. */
  readonly onConnecting: () => void;
  /** The session has ended by itself, in this state. */
  readonly onEnd: (state: State) => void;
  /** Something happened to a node that the client itself watches. */
  readonly onNode: (name: string, path: string) => void;
}

/** One session of a client, from `init` to its end; after that a client may have another. */
export class Session {
  readonly #connection: Connection;
  readonly #listener: SessionListener;
  readonly #turns = new Turns();
  readonly #callbacks = new PendingCallbacks(this.#turns);
  readonly #watchers: Watchers;
  #isOver = false;
  #isRefused = false;

  /** Opens it; nothing waits. */
  constructor(
    { dial, logLevel, sessionEventsToWatchers }: SessionSettings,
    listener: SessionListener,
  ) {
    if (logLevel !== undefined) setLogLevel(logLevel);
    this.#listener = listener;
    this.#watchers = new Watchers(
      {
        tell: (watcher, ...values) => this.#turn(() => Reflect.apply(watcher, globalThis, values)),
        emit: (name, path) => this.#turn(() => listener.onNode(name, path)),
      },
      sessionEventsToWatchers,
    );
    this.#connection = new Connection(dial, {
      onSession: ({ state }) => this.#onSession(state),
      // The hosts may come to resolve; the connection goes on asking.
      onOpenFailure: () => {},
      onFault: () => {},
    });
    this.#connection.open(0);
  }

  get state(): number {
    return this.#isRefused ? State.AUTH_FAILED : this.#connection.state;
  }

  /** The negotiated timeout, in milliseconds. */
  get timeout(): number {
    return this.#connection.sessionTimeout;
  }

  get clientId(): ClientId {
    return this.#connection.clientId;
  }

  /** Bytes that stay as they are until a request that is made now is sent. */
  preserve(bytes: Uint8Array): Uint8Array {
    return this.#connection.preserve(bytes);
  }

  /** Makes a request. @returns 0, or a code, in which case the callback is not called */
  request(exchange: Exchange, callback: Callback, watch: WatchRequest | null): number {
    return this.#submit(exchange, callback, (send, settle) => {
      if (watch === null) {
        void this.#connection.request(send).then(settle);
        return;
      }
      void this.#connection.requestWatch(watch, send).then(({ reply, watch: made }) => {
        if (made !== undefined && !this.#isOver) this.#watchers.add(made, reply.rc, watch.watcher);
        settle(reply);
      });
    });
  }

  /** Presents a credential, as {@link request}. */
  addAuth(scheme: string, certificate: Buffer, callback: Callback): number {
    const exchange = { send: () => 0, failure: [], result: () => [] };
    return this.#submit(exchange, callback, (_, settle) => {
      void this.#connection.addAuth(scheme, certificate).then((reply) => {
        if (reply.rc === ErrorCode.ZAUTHFAILED) this.#isRefused = true;
        settle(reply);
      });
    });
  }

  /** Whether paths are relative to a chroot. */
  get isBelowChroot(): boolean {
    return this.#connection.isBelowChroot;
  }

  /** Moves to other servers, in the background: where none of them resolves, nothing changes. @returns 0, or a code */
  setServers(hosts: readonly string[]): number {
    if (this.#isOver || this.#connection.endCode !== 0) return ErrorCode.ZINVALIDSTATE;
    void this.#connection.setServers(hosts);
    return 0;
  }

  /**
   * Ends it: the callbacks that wait are called with `ZCLOSING`, watches are forgotten, and the connection closes in the
   * background. What is in flight is still carried out.
   *
   * @param announce - called in between: callbacks come first, unless it is one of them that ends the session
   */
  end(announce: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#connection.close({ settle: false });
    const fail = (): void => this.#callbacks.failAll(ErrorCode.ZCLOSING);
    if (this.#turns.isRunning) {
      this.#turns.add(fail);
      announce();
    } else {
      fail();
      announce();
    }
  }

  #submit(
    exchange: Exchange,
    callback: Callback,
    submit: (send: Send, settle: (reply: Reply) => void) => void,
  ): number {
    if (this.#isOver || this.#connection.endCode !== 0) return ErrorCode.ZINVALIDSTATE;
    const { settle, forget } = this.#callbacks.add(callback, exchange.failure);
    let refusal = 0;
    submit(
      (client, id) => {
        refusal = exchange.send(client, id);
        return refusal;
      },
      (reply) =>
        settle(reply.rc, reply.rc === 0 ? exchange.result(reply, this.clientId.id) : undefined),
    );
    if (refusal === 0) return 0;
    forget();
    return refusal === ErrorCode.ZBADARGUMENTS ? refusal : ErrorCode.ZINVALIDSTATE;
  }

  /** What happened to nodes before this is on its way to the program; it comes behind. */
  #onSession(state: State): void {
    afterContinuations(() => {
      if (!this.#isOver) this.#announce(state);
    });
  }

  #announce(state: State): void {
    const { onConnect, onConnecting, onEnd } = this.#listener;
    switch (state) {
      case State.CONNECTED:
        this.#watchers.onSession(state);
        this.#turn(onConnect);
        break;
      case State.CONNECTING:
        this.#watchers.onSession(state);
        this.#turn(onConnecting);
        break;
      case State.EXPIRED_SESSION:
      case State.AUTH_FAILED:
        this.#turn(() => onEnd(state));
        break;
    }
  }

  /** Runs the program's own code when its turn comes, unless the session is over by then. */
  #turn(code: () => unknown): void {
    this.#turns.add(() => {
      if (!this.#isOver) code();
    });
  }
}
