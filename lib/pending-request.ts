import { onAbort } from './abort.js';
import { ErrorCode } from './error-code.js';
import type { Reply } from './records.js';
import type { Request } from './requests.js';

/** Hands a request to the C client, for a connection and under an id. @returns its code; 0 promises a reply */
export type Send = (client: number, id: number) => number;

type Resolve<T> = (value: T) => void;
type Reject = (reason: unknown) => void;

let newResolve: Resolve<never>;
let newReject: Reject;

/** One function for all promises, rather than one for each, and what it closes over. */
function keepResolvers(resolve: Resolve<never>, reject: Reject): void {
  newResolve = resolve;
  newReject = reject;
}

/**
 * A request, and the promise of what comes of it, which rejects only with the signal's reason, when that aborts first; the
 * request may still be carried out.
 *
 * There is one for each operation, and what it takes is most of what an operation costs this thread: therefore it is an object
 * with methods, where functions that close over each other would be easier.
 */
export abstract class PendingRequest<T> implements Request {
  readonly promise: Promise<T>;
  readonly #client: number;
  readonly #send: Send;
  readonly #resolve: Resolve<T>;
  readonly #stopListening: (() => void) | undefined;
  /** Whether nobody waits for it any more. */
  protected isAborted = false;

  /** @param signal - has not aborted */
  constructor(client: number, send: Send, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#send = send;
    this.promise = new Promise<never>(keepResolvers);
    this.#resolve = newResolve as Resolve<T>;
    this.#stopListening = signal && this.#rejectOn(signal, newReject);
  }

  send(id: number): number {
    return this.isAborted ? ErrorCode.ZCLOSING : this.#send(this.#client, id);
  }

  settle(reply: Reply): void {
    const outcome = this.outcome(reply);
    this.#stopListening?.();
    this.#resolve(outcome);
  }

  /** What the promise resolves to. Called once. */
  protected abstract outcome(reply: Reply): T;

  #rejectOn(signal: AbortSignal, reject: Reject): () => void {
    return onAbort(signal, () => {
      this.isAborted = true;
      reject(signal.reason);
    });
  }
}

/** A request whose promise is that of the reply, whatever its code. */
export class PlainRequest extends PendingRequest<Reply> {
  protected outcome(reply: Reply): Reply {
    return reply;
  }
}
