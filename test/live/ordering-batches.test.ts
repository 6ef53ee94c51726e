import { type Conn, EventType, type Watch } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import {
  dataBody,
  eventFrame,
  OpCode,
  replyFrame,
  type StubRequest,
  statBody,
  WireStub,
} from '../support/wire-stub.js';

/** What follows a promise in a program, so many steps later. */
async function deep<T>(promise: Promise<T>, depth: number): Promise<T> {
  if (depth === 0) return promise;
  return await deep(promise, depth - 1);
}

/** Collects so many requests, and then calls back with them. */
function collect(count: number, callback: (requests: StubRequest[]) => void) {
  const requests: StubRequest[] = [];
  return (request: StubRequest): void => {
    requests.push(request);
    if (requests.length === count) callback(requests);
  };
}

/** Frames of pings: their replies say nothing, and make the order of the rest no different. */
const ROUNDS = 40;

/** A server whose watched nodes are `/watched/0` and on; what else is read is collected. */
async function stubWith(onRead: (request: StubRequest) => void): Promise<WireStub> {
  const stub = await WireStub.start((request) => {
    if (request.path.startsWith('/watched')) stub.send(replyFrame(request.xid, 0, dataBody('old')));
    else onRead(request);
  });
  return stub;
}

function watchAll(conn: Conn, count: number): Promise<Watch[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => (await conn.getW(`/watched/${i}`)).watch),
  );
}

const depths: readonly (readonly [reply: number, event: number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [5, 0],
  [0, 5],
  [3, 4],
  [40, 0],
  [0, 40],
];

// conformance 26
describe('watch events and completions keep the server’s order', () => {
  it.each(depths)(
    'when they come in one packet, in turn, and continuations are %i and %i steps deep',
    async (replyDepth, eventDepth) => {
      const expected: string[] = [];
      const stub = await stubWith(
        collect(ROUNDS, (requests) => {
          stub.send(
            ...requests.flatMap(({ xid }, i) => [
              replyFrame(xid, 0, dataBody(`${i}`)),
              eventFrame(EventType.CHANGED, `/watched/${i}`),
            ]),
          );
        }),
      );
      const conn = await open(stub.address);
      const watches = await watchAll(conn, ROUNDS);
      const log: string[] = [];
      const done: Promise<unknown>[] = [];
      for (let i = 0; i < ROUNDS; i += 1) {
        expected.push(`reply ${i}`, `event ${i}`);
        done.push(
          deep(conn.get('/read', { encoding: 'utf8' }), replyDepth).then(({ data }) =>
            log.push(`reply ${data}`),
          ),
          deep((watches[i] as Watch).receive(), eventDepth).then(({ path }) =>
            log.push(path.replace('/watched/', 'event ')),
          ),
        );
      }
      await Promise.all(done);
      expect(log).toEqual(expected);
    },
  );

  it('when they come in one packet, some of the one and some of the other', async () => {
    const shape = [1, 3, 2, 1, 5, 0, 4, 2];
    const reads = shape.length * 2;
    const expected: string[] = [];
    const stub = await stubWith(
      collect(reads, (requests) => {
        let event = 0;
        const frames = shape.flatMap((events, group) => [
          ...requests
            .slice(group * 2, group * 2 + 2)
            .map(({ xid }) => replyFrame(xid, 0, dataBody(`${group}`))),
          ...Array.from({ length: events }, () => {
            event += 1;
            return eventFrame(EventType.CHANGED, `/watched/${event - 1}`);
          }),
        ]);
        stub.send(...frames);
      }),
    );
    const conn = await open(stub.address);
    const total = shape.reduce((sum, events) => sum + events, 0);
    const watches = await watchAll(conn, total);
    for (const events of shape) expected.push('reply', 'reply', ...Array(events).fill('event'));
    const log: string[] = [];
    await Promise.all([
      ...watches.map((watch, i) => deep(watch.receive(), i % 7).then(() => log.push('event'))),
      ...Array.from({ length: reads }, (_, i) =>
        deep(conn.get('/read'), i % 5).then(() => log.push('reply')),
      ),
    ]);
    expect(log).toEqual(expected);
  });

  it('whatever way a program waits for an event', async () => {
    const stub = await stubWith(
      collect(4, (requests) => {
        stub.send(
          ...requests.flatMap(({ xid }, i) => [
            replyFrame(xid, 0, statBody()),
            eventFrame(EventType.CHANGED, `/watched/${i}`),
          ]),
        );
      }),
    );
    const conn = await open(stub.address);
    const [a, b, c, d] = (await watchAll(conn, 4)) as [Watch, Watch, Watch, Watch];
    const log: string[] = [];
    const waits = [
      (async () => {
        for await (const event of a) log.push(`iterated ${event.path}`);
      })(),
      b.receive().then((event) => log.push(`then ${event.path}`)),
      (async () => {
        const event = await c.receive({ signal: new AbortController().signal });
        log.push(`awaited ${event.path}`);
      })(),
      Promise.race([d.receive(), new Promise<never>(() => {})]).then((event) =>
        log.push(`raced ${event.path}`),
      ),
    ];
    const reads = Array.from({ length: 4 }, async (_, i) => {
      await conn.exists('/read');
      log.push(`reply ${i}`);
    });
    await Promise.all([...waits, ...reads]);
    expect(log).toEqual([
      'reply 0',
      'iterated /watched/0',
      'reply 1',
      'then /watched/1',
      'reply 2',
      'awaited /watched/2',
      'reply 3',
      'raced /watched/3',
    ]);
  });

  it('with continuations that make requests and promises of their own', async () => {
    const stub = await stubWith((request) => {
      if (request.op === OpCode.EXISTS) stub.send(replyFrame(request.xid, 0, statBody()));
      else read(request);
    });
    const read = collect(10, (requests) => {
      stub.send(
        ...requests.flatMap(({ xid }, i) => [
          replyFrame(xid, 0, dataBody(`${i}`)),
          eventFrame(EventType.CHANGED, `/watched/${i}`),
        ]),
      );
    });
    const conn = await open(stub.address);
    const watches = await watchAll(conn, 10);
    const log: string[] = [];
    const reads = Array.from({ length: 10 }, async (_, i) => {
      await conn.get('/read');
      const more = conn.exists('/other');
      await Promise.all([Promise.resolve(), deep(Promise.resolve(), 10)]);
      log.push(`reply ${i}`);
      await more;
    });
    const events = watches.map(async (watch, i) => {
      await watch.receive();
      await Promise.allSettled([deep(Promise.reject(new Error('no')), 10), Promise.resolve()]);
      log.push(`event ${i}`);
    });
    await Promise.all([...reads, ...events]);
    expect(log).toEqual(Array.from({ length: 10 }, (_, i) => [`reply ${i}`, `event ${i}`]).flat());
  });

  it('and a read that registers the watch anew, between two events of its node, misses neither', async () => {
    let registrations = 0;
    const stub = await WireStub.start((request) => {
      registrations += 1;
      stub.send(
        replyFrame(request.xid, 0, dataBody(`${registrations}`, registrations)),
        eventFrame(EventType.CHANGED, '/a'),
      );
    });
    const conn = await open(stub.address);
    const log: string[] = [];
    for (let i = 1; i <= 20; i += 1) {
      const { data, watch } = await conn.getW('/a', { encoding: 'utf8' });
      log.push(data);
      expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path: '/a' });
    }
    expect(log).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1}`));
  });

  it('and a registration whose event is in the same packet as its reply is not lost', async () => {
    const stub = await WireStub.start(
      collect(100, (requests) => {
        stub.send(
          ...requests.map(({ xid }) => replyFrame(xid, 0, dataBody('x'))),
          ...requests.map(({ path }) => eventFrame(EventType.CHANGED, path)),
        );
      }),
    );
    const conn = await open(stub.address);
    const results = await Promise.all(Array.from({ length: 100 }, (_, i) => conn.getW(`/a/${i}`)));
    const events = await Promise.all(results.map(({ watch }) => watch.receive()));
    expect(events.map(({ path }) => path)).toEqual(results.map((_, i) => `/a/${i}`));
  });
});
