import type { OperationName } from './task.js';

/** How many operations a multi has. */
export const OPERATIONS_OF_A_MULTI = 10;

/** What requests of one operation are made with. */
export interface RequestArguments {
  readonly operation: OperationName;
  readonly path: string;
  readonly data: Buffer;
}

/** What an answer calls. Made once for each place in the pipeline, so that the driver allocates nothing for a request. */
export interface Callbacks {
  readonly done: () => void;
  readonly fail: (reason: unknown) => void;
}

/** A client for Node.js under test, in the way that its users use it, and without anything in between. */
export interface Client {
  /** @param ca - the path of the authority's certificate, for TLS */
  connect(address: string, ca?: string): Promise<void>;
  close(): Promise<void>;
  /** A function that makes one request; a string says why there is none. */
  requester(request: RequestArguments, callbacks: Callbacks): (() => void) | string;
  /** Sets an existence watch on a node that is not there. Done when it is answered. */
  watch(path: string, callbacks: Callbacks): void;
  /** Resolves when there is a connection again after it was lost. To be called while there is one. */
  reconnected(): Promise<void>;
}
