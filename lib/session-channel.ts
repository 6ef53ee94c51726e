import { EventChannel } from './channel.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import type { ZooKeeperEvent } from './event.js';
import { addPendingWatch, removePendingWatch } from './pending-watches.js';

/** gozk's size of the channel. */
const MOST_UNCOLLECTED = 32;

/**
 * The channel of a connection's session events. Until somebody has it, the newest events wait in it; from then on, an
 * application that lets too many wait has stopped looking after its session, and is told so: gozk panics.
 */
export class SessionChannel {
  readonly #channel = new EventChannel();
  readonly #onOverflow: (error: ZooKeeperError) => void;
  #isOpened = false;

  /** @param onOverflow - called when too many events wait; the channel has ended by then */
  constructor(onOverflow: (error: ZooKeeperError) => void) {
    this.#onOverflow = onOverflow;
    addPendingWatch();
  }

  /** Gives the channel to somebody, who is expected to read it from now on. */
  open(): EventChannel {
    this.#isOpened = true;
    return this.#channel;
  }

  /** Puts an event in. */
  send(event: ZooKeeperEvent): void {
    this.#channel.send(event);
    if (this.#channel.uncollected <= MOST_UNCOLLECTED) return;
    this.#channel.dropOldest();
    if (!this.#isOpened) return;
    this.#channel.end();
    this.#onOverflow(
      new ZooKeeperError({
        op: 'session',
        errno: ErrorCode.ZSYSTEMERROR,
        cause: new Error(
          `the session channel is full: more than ${MOST_UNCOLLECTED} events were not collected`,
        ),
      }),
    );
  }

  /** Ends the channel, once, with its connection. */
  end(): void {
    this.#channel.end();
    removePendingWatch();
  }
}
