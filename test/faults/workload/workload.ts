import { setTimeout as sleep } from 'node:timers/promises';
import { type Conn, connect, countPendingWatches, type DialOptions } from 'libzookeeper';
import type { Random } from '../../support/random.js';
import { waitFor } from '../../support/wait-for.js';
import { type Actor, must } from './actor.js';
import { Calls } from './calls.js';
import { Client } from './client.js';
import { Ephemerals } from './ephemerals.js';
import { Pair } from './pair.js';
import { Queue } from './queue.js';
import { Register } from './register.js';
import { absenceOf, childrenOf, dataOf, Watcher } from './watcher.js';

export interface WorkloadOptions extends DialOptions {
  /** Where its clients connect to. */
  readonly servers: string;
  /** Where it is looked at in the end, past all that may fail; `servers` unless given. */
  readonly verifyAt?: string;
  /** How many of each kind of actor. 2. */
  readonly size?: number;
}

/** How long a call may take once everything works, in milliseconds. */
const LONGEST = 15_000;

let workloads = 0;

/**
 * Operations of all kinds by several clients, and beside them a model of what must be so: see the actors. Begins when it was
 * started, goes on whatever happens, and is verified when all is well again.
 */
export class Workload {
  readonly calls = new Calls();
  readonly #actors: Actor[] = [];
  readonly #options: WorkloadOptions;
  readonly #watchesBefore = countPendingWatches();
  #running: Promise<void>[] = [];
  #isStopping = false;
  #failure: unknown;

  private constructor(options: WorkloadOptions, random: Random) {
    this.#options = options;
    const { servers, verifyAt: _, size = 2, ...dialOptions } = options;
    const client = (): Client => new Client(servers, dialOptions, this.calls);
    workloads += 1;
    const at = (name: string, index: number): string => `/workload-${workloads}-${name}-${index}`;
    for (let index = 0; index < size; index += 1) {
      const register = new Register(at('register', index), client(), random.fork());
      const queue = new Queue(at('queue', index), client(), random.fork());
      this.#actors.push(
        register,
        queue,
        new Pair(at('pair', index), client()),
        new Ephemerals(at('ephemerals', index), client()),
        new Watcher(dataOf(register.path, false), client()),
        // Two that share their connection with what they watch.
        new Watcher(dataOf(register.path, false), register.client),
        new Watcher(childrenOf(queue.path), queue.client),
        // What nobody changes has no event.
        new Watcher(dataOf(at('quiet', index), true), register.client),
        new Watcher(absenceOf(at('absent', index)), queue.client),
      );
    }
  }

  /** Prepares it, and has it begin. */
  static async start(options: WorkloadOptions, random: Random): Promise<Workload> {
    const workload = new Workload(options, random);
    await workload.#withConn(async (conn) => {
      for (const actor of workload.#actors) await actor.prepare(conn);
    });
    workload.#running = workload.#actors.map((actor) => workload.#run(actor));
    return workload;
  }

  /** Waits until so many calls more were answered: the workload has got somewhere. Rejects with what an actor found. */
  async progress(count: number): Promise<void> {
    const wanted = this.calls.resolved + count;
    await waitFor(() => this.#failure !== undefined || this.calls.resolved >= wanted, {
      timeout: 60_000,
      what: `${count} more calls are answered`,
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Has it come to an end, now that all is well, and looks whether everything is as it must be. */
  async verify(): Promise<void> {
    this.#isStopping = true;
    await this.#settled(Promise.all(this.#running));
    if (this.#failure !== undefined) throw this.#failure;
    await this.#withConn(async (conn) => {
      for (const actor of this.#actors) await actor.verify(conn);
    });
    await this.close();
    const { started, resolved, rejected, pending } = this.calls;
    must(pending === 0, () => `${started} calls, ${resolved} resolved, ${rejected} rejected`);
    const watches = countPendingWatches() - this.#watchesBefore;
    must(watches === 0, () => `${watches} more watches are pending than before`);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#isStopping = true;
    await this.#settled(Promise.all(this.#actors.map((actor) => actor.close())));
  }

  /** A call that never settles must not be waited for. */
  async #settled(ends: Promise<unknown>): Promise<void> {
    const isSettled = await Promise.race([
      ends.then(() => true),
      sleep(LONGEST, false, { ref: false }),
    ]);
    must(
      isSettled,
      () => `${this.calls.pending} calls are pending, and nothing stands in their way`,
    );
  }

  async #run(actor: Actor): Promise<void> {
    try {
      while (!this.#isStopping && this.#failure === undefined) await actor.step();
    } catch (error) {
      this.#failure ??= error;
    }
  }

  async #withConn(use: (conn: Conn) => Promise<void>): Promise<void> {
    const { servers, verifyAt = servers } = this.#options;
    const conn = await connect(verifyAt, { sessionTimeout: 20_000 });
    try {
      await use(conn);
    } finally {
      await conn.close();
    }
  }
}
