import { onAbort } from './abort.js';
import { checkOptions, checkSignal } from './arguments.js';
import { type ZooKeeperEvent, zeroEvent } from './event.js';

/**
 * How to wait for a value.
 *
 * @example
 * ```ts
 * const options: ReceiveOptions = { signal: AbortSignal.timeout(1000) };
 * const event = await watch.receive(options);
 * ```
 */
export interface ReceiveOptions {
  /** Gives up waiting; the value stays in the channel. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A stream of values, as Go's channels are: values wait in it, each is received once, and a channel that has ended gives the
 * zero value at once, for ever.
 *
 * @example
 * ```ts
 * const events: Channel<ZooKeeperEvent> = conn.session;
 * for await (const event of events) console.log(`${event}`);
 * ```
 */
export interface Channel<T> extends AsyncIterable<T> {
  /**
   * The next value. After the end, and once what was in the channel is gone, the zero value.
   *
   * @throws only the reason of its signal
   */
  receive(options?: ReceiveOptions): Promise<T>;
  /** Whether the channel has ended: nothing more will be put into it. Values that were in it are still received. */
  readonly closed: boolean;
}

interface Receiver {
  readonly resolve: (event: ZooKeeperEvent) => void;
}

/**
 * The channel of events, from its sender's side. All of it runs on the JavaScript thread that it was made on. There may be a
 * million of them: what is for events and for receivers is made for the first.
 */
export class EventChannel implements Channel<ZooKeeperEvent> {
  #waiting: ZooKeeperEvent[] | undefined;
  #receivers: Set<Receiver> | undefined;
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** How many events nobody has received yet. */
  get uncollected(): number {
    return this.#waiting?.length ?? 0;
  }

  /** Puts an event in; of no effect after the end. */
  send(event: ZooKeeperEvent): void {
    if (this.#closed) return;
    const [receiver] = this.#receivers ?? [];
    if (receiver === undefined) {
      this.#waiting ??= [];
      this.#waiting.push(event);
      return;
    }
    this.#receivers?.delete(receiver);
    receiver.resolve(event);
  }

  /** Drops the event that has waited longest. */
  dropOldest(): void {
    this.#waiting?.shift();
  }

  /** Ends the channel. */
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    const receivers = this.#receivers;
    this.#receivers = undefined;
    for (const receiver of receivers ?? []) receiver.resolve(zeroEvent);
  }

  async receive(options?: ReceiveOptions): Promise<ZooKeeperEvent> {
    const call = { op: 'receive' };
    const signal = checkSignal(call, checkOptions(call, options)['signal']);
    signal?.throwIfAborted();
    const event = this.#waiting?.shift();
    if (event !== undefined) return event;
    if (this.#closed) return zeroEvent;
    this.#receivers ??= new Set();
    const receivers = this.#receivers;
    return new Promise((resolve, reject) => {
      const stopListening = onAbort(signal, () => {
        receivers.delete(receiver);
        reject(signal?.reason);
      });
      const receiver: Receiver = {
        resolve: (received) => {
          stopListening();
          resolve(received);
        },
      };
      receivers.add(receiver);
    });
  }

  /** Every value until the end. */
  async *[Symbol.asyncIterator](): AsyncIterator<ZooKeeperEvent, void, undefined> {
    for (;;) {
      const event = await this.receive();
      if (event === zeroEvent) return;
      yield event;
    }
  }
}
