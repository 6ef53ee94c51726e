import { ErrorCode } from './error-code.js';
import { emptyReply, type Reply, unsentReply } from './records.js';
import { RequestTable } from './request-table.js';

/**
 * How many requests are in the C client's hands at once. It takes any number, but keeps each in memory several times over;
 * what is above this waits here, in order.
 */
const MOST_IN_FLIGHT = 8192;

/** A request of the C client. */
export interface Request {
  /** Hands it to the C client under an id. @returns its code; 0 promises a reply */
  send(id: number): number;
  /** Takes in its reply, or the code that it ended with. Called once. */
  settle(reply: Reply): void;
}

/**
 * The requests of one connection: those in flight, by id, and those that wait. Each is settled exactly once, by its reply, or
 * by {@link failAll} when there will be none (trap 1 in docs/traps.md).
 */
export class Requests {
  readonly #inFlight = new RequestTable();
  /** What the C client refused while others were in flight. */
  #refused: (() => void)[] = [];
  #waiting: Request[] = [];
  /** Where the waiting ones begin: they are taken from the front, in thousands. */
  #firstWaiting = 0;
  #holds = 0;
  /** The last reply told of the connection's loss: so will those of all that is in flight, and then what waits fails. */
  #isLost = false;
  readonly #onIdle: () => void;

  /** @param onIdle - called when the last request was settled */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  /** Whether every request was settled. */
  get isIdle(): boolean {
    return (
      this.#inFlight.size === 0 &&
      this.#refused.length === 0 &&
      this.#waiting.length === this.#firstWaiting
    );
  }

  /** Whether a request that was made now would wait for its turn. */
  get isBusy(): boolean {
    return (
      this.#holds > 0 ||
      this.#inFlight.size >= MOST_IN_FLIGHT ||
      this.#waiting.length > this.#firstWaiting
    );
  }

  /** Sends a request, or has it wait for its turn. */
  submit(request: Request): void {
    if (this.isBusy) this.#waiting.push(request);
    else this.sendNow(request);
  }

  /** Sends a request ahead of those that wait, held or not. */
  sendNow(request: Request): void {
    const id = this.#inFlight.nextId();
    const rc = request.send(id);
    if (rc === 0) {
      this.#inFlight.add(id, request);
    } else if (this.#inFlight.size === 0) {
      request.settle(unsentReply(rc));
    } else {
      // The session has ended, and those before it have not been told yet: they come first.
      this.#refused.push(() => request.settle(unsentReply(rc)));
    }
  }

  /** Has requests wait from now on. @returns has them go on, unless there is another reason to wait */
  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
      if (this.isIdle) return;
      this.#sendWaiting();
      // The C client may have refused them all.
      if (this.isIdle) this.#onIdle();
    };
  }

  /** Whose reply has come; undefined when nobody waits for it. To be followed by {@link settle}. */
  take(id: number): Request | undefined {
    return this.#inFlight.take(id);
  }

  /** Takes in the reply of a request that was taken. */
  settle(request: Request, reply: Reply): void {
    this.#isLost = reply.rc === ErrorCode.ZCONNECTIONLOSS;
    request.settle(reply);
    if (this.#inFlight.size === 0) this.#settleRefused();
    if (!this.#isLost) this.#sendWaiting();
    else if (this.#inFlight.size === 0) this.failWaiting(ErrorCode.ZCONNECTIONLOSS);
    if (this.isIdle) this.#onIdle();
  }

  /** Settles the requests that wait, and were never sent. */
  failWaiting(rc: number): void {
    for (const request of this.#takeWaiting()) request.settle(unsentReply(rc));
    if (this.isIdle) this.#onIdle();
  }

  /** Settles every request. For the end, when no reply will come any more. */
  failAll(rc: number): void {
    // All are taken before one is settled: what that lets go on finds nothing to send.
    const inFlight = this.#inFlight.takeAll();
    const waiting = this.#takeWaiting();
    for (const request of inFlight) request.settle(emptyReply(rc));
    this.#settleRefused();
    for (const request of waiting) request.settle(unsentReply(rc));
    if (this.isIdle) this.#onIdle();
  }

  #takeWaiting(): Request[] {
    const waiting = this.#waiting.slice(this.#firstWaiting);
    this.#waiting = [];
    this.#firstWaiting = 0;
    return waiting;
  }

  #sendWaiting(): void {
    if (this.#waiting.length === 0) return;
    while (
      !this.#isLost &&
      this.#holds === 0 &&
      this.#firstWaiting < this.#waiting.length &&
      this.#inFlight.size < MOST_IN_FLIGHT
    ) {
      const next = this.#waiting[this.#firstWaiting] as Request;
      this.#firstWaiting += 1;
      this.sendNow(next);
    }
    if (this.#firstWaiting > MOST_IN_FLIGHT || this.#firstWaiting === this.#waiting.length) {
      this.#waiting.splice(0, this.#firstWaiting);
      this.#firstWaiting = 0;
    }
  }

  #settleRefused(): void {
    const refused = this.#refused;
    this.#refused = [];
    for (const settle of refused) settle();
  }
}
