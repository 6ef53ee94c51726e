import { EventType, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { EventChannel } from '../../dist/channel.js';
import { Delivery } from '../../dist/delivery.js';
import { RecordLayout as L } from '../../dist/record-layout.js';
import type { BatchReader } from '../../dist/records.js';
import { FakeBatch } from '../support/batch.js';

const event = (batch: FakeBatch, path: string) =>
  batch.event(EventType.CHANGED, State.CONNECTED, path);

/**
 * A program that waits for replies and for events, and writes down what it sees: replies settle promises, events go through
 * a channel, as they do in a connection.
 */
class Program {
  readonly seen: string[] = [];
  readonly channel = new EventChannel();
  rearmed = 0;
  readonly delivery = new Delivery(
    (record) => this.#take(record),
    () => {
      this.rearmed += 1;
    },
  );
  readonly #resolve = new Map<number, () => void>();

  /** A reply that is waited for through so many async functions. */
  async expectReply(id: number, depth = 1): Promise<void> {
    if (depth > 1) await this.expectReply(id, depth - 1);
    else await new Promise<void>((resolve) => this.#resolve.set(id, resolve));
    if (depth === 1) return;
    this.seen.push(`reply ${id} at ${depth}`);
  }

  async readEvents(): Promise<void> {
    for await (const { path } of this.channel) this.seen.push(`event ${path}`);
  }

  deliver(batch: FakeBatch): void {
    this.delivery.onBatch(...batch.build());
  }

  #take(record: BatchReader): void {
    if (record.kind === L.REPLY) {
      this.seen.push(`take ${record.replyId}`);
      this.#resolve.get(record.replyId)?.();
    } else if (record.kind === L.EVENT) {
      const taken = record.event();
      this.seen.push(`take ${taken.path}`);
      this.channel.send(taken);
    } else {
      this.seen.push(`take ${record.kind}`);
    }
  }
}

/** Lets everything run that is due. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('native code', () => {
  it('is asked for more once the event loop has turned, once for a run of batches', async () => {
    const program = new Program();
    program.deliver(new FakeBatch().reply({ id: 1 }));
    program.deliver(new FakeBatch().reply({ id: 2 }));
    await Promise.resolve();
    expect(program.rearmed).toBe(0);
    await turn();
    expect(program.rearmed).toBe(1);
    program.deliver(new FakeBatch().reply({ id: 3 }));
    await turn();
    expect(program.rearmed).toBe(2);
  });
});

describe('records of one audience', () => {
  it('are taken at once, in order, over several batches', () => {
    const program = new Program();
    program.deliver(new FakeBatch().reply({ id: 1 }).reply({ id: 2 }));
    program.deliver(new FakeBatch().reply({ id: 3 }));
    expect(program.seen).toEqual(['take 1', 'take 2', 'take 3']);
  });

  it('are not held up by a log line, an end of opening or of closing', () => {
    const program = new Program();
    program.deliver(new FakeBatch().opened().reply({ id: 1 }).log('x').reply({ id: 2 }).closed());
    expect(program.seen).toEqual([
      `take ${L.OPENED}`,
      'take 1',
      `take ${L.LOG}`,
      'take 2',
      `take ${L.CLOSED}`,
    ]);
  });
});

describe('where an event follows a reply', () => {
  it.each([2, 5, 50])(
    'what waited for the reply has run before the event is seen, %i async functions deep',
    async (depth) => {
      const program = new Program();
      void program.readEvents();
      void program.expectReply(1, depth);
      await turn();
      program.deliver(event(new FakeBatch().reply({ id: 1 }), '/a'));
      await turn();
      expect(program.seen.at(0)).toBe('take 1');
      expect(program.seen.at(-3)).toBe(`reply 1 at ${depth}`);
      expect(program.seen.slice(-2)).toEqual(['take /a', 'event /a']);
    },
  );

  it('and comes in another batch, it makes no difference', async () => {
    const program = new Program();
    void program.expectReply(1, 10);
    program.deliver(new FakeBatch().reply({ id: 1 }));
    program.deliver(event(new FakeBatch(), '/a'));
    await turn();
    expect(program.seen.at(-2)).toBe('reply 1 at 10');
    expect(program.seen.at(-1)).toBe('take /a');
  });

  it('a log line between the two makes none, either', async () => {
    const program = new Program();
    void program.expectReply(1, 10);
    program.deliver(event(new FakeBatch().reply({ id: 1 }).log('x'), '/a'));
    await turn();
    expect(program.seen.slice(-2)).toEqual(['reply 1 at 10', 'take /a']);
  });
});

describe('where a reply follows an event', () => {
  it.each(['event', 'session'])(
    'a receiver of the %s has run before the reply is',
    async (kind) => {
      const program = new Program();
      void program.readEvents();
      void program.expectReply(1, 2);
      await turn();
      const batch = new FakeBatch();
      if (kind === 'event') event(batch, '/a').reply({ id: 1 });
      else batch.session({ state: State.CONNECTED }).reply({ id: 1 });
      program.deliver(batch);
      expect(program.seen).toHaveLength(1);
      await turn();
      expect(program.seen).toEqual(
        kind === 'event'
          ? ['take /a', 'event /a', 'take 1', 'reply 1 at 2']
          : [`take ${L.SESSION}`, 'take 1', 'reply 1 at 2'],
      );
    },
  );

  it('all that alternates is seen in the order of the server', async () => {
    const program = new Program();
    void program.readEvents();
    const batch = new FakeBatch();
    const expected: string[] = [];
    for (let id = 1; id <= 20; id += 1) {
      void program.expectReply(id, 2);
      event(batch.reply({ id }), `/${id}`);
      expected.push(`reply ${id} at 2`, `event /${id}`);
    }
    await turn();
    program.deliver(batch);
    await turn();
    expect(program.seen.filter((line) => !line.startsWith('take'))).toEqual(expected);
  });
});

describe('a batch that comes while another pauses', () => {
  it('waits for its turn', async () => {
    const program = new Program();
    program.deliver(event(new FakeBatch().reply({ id: 1 }), '/a'));
    program.deliver(new FakeBatch().reply({ id: 2 }));
    program.deliver(event(new FakeBatch(), '/b'));
    expect(program.seen).toEqual(['take 1']);
    await turn();
    expect(program.seen).toEqual(['take 1', 'take /a', 'take 2', 'take /b']);
  });
});
