import type { OnBatch } from './native.js';
import { RecordLayout as L } from './record-layout.js';
import { BatchReader } from './records.js';

/** Whether a record is seen by continuations of requests, or by receivers of events. */
type Audience = 'requests' | 'events' | 'nobody';

function audienceOf(kind: number): Audience {
  if (kind === L.REPLY) return 'requests';
  return kind === L.EVENT || kind === L.SESSION ? 'events' : 'nobody';
}

/**
 * Calls back when every promise continuation that is due has run, those that they make due included. The microtask queue is
 * emptied before the queue of next ticks is looked at.
 */
function afterContinuations(callback: () => void): void {
  queueMicrotask(() => process.nextTick(callback));
}

/**
 * Delivers records in the server's order, so that it is seen as such: what follows a reply in the program has run before a
 * younger event is seen, and the other way round. Replies settle promises and events go through channels, which takes them a
 * different number of steps; therefore, wherever the one follows the other, the program gets to run in between.
 */
export class Delivery {
  readonly #batches: BatchReader[] = [];
  readonly #take: (record: BatchReader) => void;
  #lastAudience: Audience = 'nobody';
  #isPaused = false;
  #isRearming = false;
  readonly #rearm: () => void;

  /**
   * @param take - takes in the record that the reader stands at; must not throw
   * @param rearm - has native code call again; called once the event loop has turned, so that it turns however much there is
   * to deliver
   */
  constructor(take: (record: BatchReader) => void, rearm: () => void) {
    this.#take = take;
    this.#rearm = rearm;
  }

  /** What native code calls. */
  readonly onBatch: OnBatch = (records, blobs) => {
    if (!this.#isRearming) {
      this.#isRearming = true;
      setImmediate(() => {
        this.#isRearming = false;
        this.#rearm();
      });
    }
    this.#batches.push(new BatchReader(records, blobs));
    if (!this.#isPaused) this.#deliver();
  };

  #deliver(): void {
    for (let batch = this.#batches[0]; batch !== undefined; batch = this.#batches[0]) {
      while (batch.hasRecord) {
        if (this.#pausesBefore(audienceOf(batch.kind))) return;
        this.#take(batch);
        batch.advance();
      }
      this.#batches.shift();
    }
  }

  #pausesBefore(audience: Audience): boolean {
    const isTurn =
      audience !== 'nobody' && this.#lastAudience !== 'nobody' && audience !== this.#lastAudience;
    if (isTurn) {
      this.#isPaused = true;
      this.#lastAudience = 'nobody';
      afterContinuations(() => {
        this.#isPaused = false;
        this.#deliver();
      });
    } else if (audience !== 'nobody') {
      this.#lastAudience = audience;
    }
    return isTurn;
  }
}
