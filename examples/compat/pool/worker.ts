import { connected, constants, ensure, hasCode, inBackground, type ZooKeeper } from '../client.js';
import { type Stop, watchChildren } from '../watch-children.js';
import { elected } from './election.js';
import { lead } from './leader.js';
import { places } from './places.js';

/** A member of the pool: does the tasks that it is given, and hands them out when it leads. */
export class Worker {
  readonly #client: ZooKeeper;
  readonly #name: string;
  readonly #stops: Stop[] = [];
  /** Tasks that are being done. */
  readonly #doing = new Set<string>();
  /** The node that it is a member by. */
  #node = '';

  private constructor(client: ZooKeeper, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Joins the pool. @param onLead - called when it begins to lead */
  static async join(
    servers: string,
    name: string,
    onLead: (name: string) => void,
  ): Promise<Worker> {
    const worker = new Worker(await connected(servers), name);
    await worker.#join(onLead);
    return worker;
  }

  /** Leaves the pool; a crash does the same, once the session's timeout is over. */
  leave(): void {
    for (const stop of this.#stops) stop();
    this.#client.close();
  }

  async #join(onLead: (name: string) => void): Promise<void> {
    const flags = constants.ZOO_EPHEMERAL | constants.ZOO_SEQUENCE;
    const path = await this.#client.create(`${places.members}/member-`, this.#name, flags);
    this.#node = path.slice(places.members.length + 1);
    const mine = `${places.assigned}/${this.#node}`;
    await ensure(this.#client, mine, '');
    this.#stops.push(
      watchChildren(this.#client, mine, (tasks) => {
        for (const task of tasks) inBackground(this.#client, this.#do(mine, task));
      }),
    );
    inBackground(this.#client, this.#leadInTurn(onLead));
  }

  async #leadInTurn(onLead: (name: string) => void): Promise<void> {
    await elected(this.#client, places.members, this.#node);
    onLead(this.#name);
    this.#stops.push(lead(this.#client));
  }

  /** Does a task. One that is gone was done: the list that it stood in was older. */
  async #do(mine: string, task: string): Promise<void> {
    if (this.#doing.has(task)) return;
    this.#doing.add(task);
    try {
      const [, data] = await this.#client.get(`${mine}/${task}`, false);
      // Another member may have done it, whom it was given before that one was taken for gone.
      await ensure(this.#client, `${places.done}/${task}`, data.toString().toUpperCase());
      await this.#client.delete_(`${mine}/${task}`, 0);
    } catch (error) {
      if (!hasCode(error, constants.ZNONODE)) throw error;
    }
    this.#doing.delete(task);
  }
}
