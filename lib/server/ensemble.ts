import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkInteger,
  checkOptions,
  checkPath,
  checkRecord,
  type ServerOptions,
  type ServerSetting,
  type StartOptions,
} from './options.js';
import { pickFreePort } from './port.js';
import { Server } from './server.js';

/**
 * How an ensemble is set up: see {@link Ensemble.create}. What is not listed here is as for a {@link Server}.
 *
 * @example
 * ```ts
 * const options: EnsembleOptions = { size: 3, runDir: '/tmp/zookeeper' };
 * const ensemble = await Ensemble.create(options);
 * ```
 */
export interface EnsembleOptions
  extends Pick<ServerOptions, 'runDir' | 'zkDir' | 'zooCfg' | 'jvmProperties' | 'jvmFlags'> {
  /** How many servers, 1 to 9. 3. */
  size?: number;
}

/**
 * A server of an ensemble.
 *
 * @example
 * ```ts
 * const [first]: readonly EnsembleMember[] = ensemble.members;
 * await first?.server.stop();
 * ```
 */
export interface EnsembleMember {
  /** Its number: 1 for the first. */
  readonly id: number;
  readonly server: Server;
  /**
   * The server as {@link Conn.reconfig} takes it for one that joins:
   * `server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181`.
   */
  readonly specification: string;
}

/** What a server of an ensemble has in its `zoo.cfg`, unless told otherwise. */
const ZOO_CFG: Readonly<Record<string, ServerSetting>> = {
  initLimit: 10,
  syncLimit: 5,
  standaloneEnabled: false,
  reconfigEnabled: true,
  quorumListenOnAllIPs: false,
};

/** An election among neighbours need not wait for news as long as one across a network does. */
const JVM_PROPERTIES: Readonly<Record<string, ServerSetting>> = {
  'zookeeper.fastleader.minNotificationInterval': 50,
  'zookeeper.fastleader.maxNotificationInterval': 200,
};

const MOST_SERVERS = 9;

/**
 * An ensemble for tests and development: several {@link Server}s on 127.0.0.1 that elect a leader,
 * with dynamic reconfiguration. Each is a process of its own, in a directory of its own below the
 * ensemble's: `1`, `2`, `3`.
 *
 * ```ts
 * await using ensemble = await Ensemble.create({ runDir: '/tmp/zk-ensemble' });
 * await ensemble.start();
 * await using conn = await connect(ensemble.address);
 * await ensemble.members[0]?.server.stop();
 * ```
 *
 * `reconfig` needs a client that may do it: see docs/ensembles.md.
 */
export class Ensemble implements AsyncDisposable {
  /** The absolute path of the ensemble's directory, without symbolic links. */
  readonly runDir: string;

  readonly #options: EnsembleOptions;
  #members: EnsembleMember[] = [];

  private constructor(runDir: string, options: EnsembleOptions) {
    this.runDir = runDir;
    this.#options = options;
  }

  /**
   * Sets an ensemble up, but does not start it.
   *
   * @returns rejects as {@link Server.create} does
   */
  static async create(options: EnsembleOptions): Promise<Ensemble> {
    const given = checkRecord(options, 'options');
    const size =
      given['size'] === undefined ? 3 : checkInteger(given['size'], 'size', 1, MOST_SERVERS);
    const path = checkPath(given['runDir'], 'runDir');
    // What its servers refuse is refused before there is a directory.
    checkOptions({ ...given, port: 0 });
    await mkdir(path, { recursive: true });
    const runDir = await realpath(path);
    if ((await readdir(runDir)).length > 0) {
      throw new Error(`the run directory "${path}" is not empty`);
    }
    const ensemble = new Ensemble(runDir, options);
    const places = await Promise.all(
      Array.from({ length: size }, (_, index) => pickPlace(index + 1)),
    );
    const specifications = places.map(({ specification }) => specification);
    for (const place of places) await ensemble.#createMember(place, specifications);
    return ensemble;
  }

  /** The servers that were set up, by their numbers, whether they run or not. */
  get members(): readonly EnsembleMember[] {
    return this.#members;
  }

  /** Where its servers are, as {@link connect} takes it: `127.0.0.1:1,127.0.0.1:2,127.0.0.1:3`. */
  get address(): string {
    return this.#members.map(({ server }) => server.address).join(',');
  }

  /**
   * Starts those of its servers that do not run, all at the same time. Resolves once each answers,
   * which means that they have elected a leader.
   *
   * @returns rejects as {@link Server.start} does, for the first that fails; then those that were
   *   started are stopped again
   */
  async start(options: StartOptions = {}): Promise<void> {
    const stopped: Server[] = [];
    for (const { server } of this.#members) {
      if (!(await isRunning(server))) stopped.push(server);
    }
    const starts = stopped.map((server) => server.start(options));
    try {
      await Promise.all(starts);
    } catch (error) {
      await Promise.allSettled(stopped.map((server) => server.stop()));
      await Promise.allSettled(starts);
      throw error;
    }
  }

  /** Stops its servers, all at the same time: {@link Server.stop}. */
  async stop(): Promise<void> {
    await Promise.all(this.#members.map(({ server }) => server.stop()));
  }

  /** Stops its servers, and removes its directory. */
  async destroy(): Promise<void> {
    await this.stop();
    await rm(this.runDir, { recursive: true, force: true });
  }

  /**
   * Sets up one more server, which knows those that are there, and does not start it. It becomes a
   * member when it runs and a client joins it: `conn.reconfig({ joining: [member.specification] })`.
   */
  async add(): Promise<EnsembleMember> {
    const place = await pickPlace(this.#members.length + 1);
    const known = this.#members.map(({ specification }) => specification);
    return this.#createMember(place, [...known, place.specification]);
  }

  /** Destroys the ensemble, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.destroy();
  }

  async #createMember(place: Place, known: readonly string[]): Promise<EnsembleMember> {
    const { size: _, zooCfg, jvmProperties, ...options } = this.#options;
    const { id, port, specification } = place;
    const server = await Server.create({
      ...options,
      port,
      runDir: join(this.runDir, String(id)),
      zooCfg: { ...ZOO_CFG, ...zooCfg },
      jvmProperties: { ...JVM_PROPERTIES, ...jvmProperties },
      member: { id, ensemble: known },
    });
    const member = { id, server, specification };
    this.#members.push(member);
    return member;
  }
}

/** The ports of a server. */
interface Place {
  readonly id: number;
  readonly port: number;
  readonly specification: string;
}

async function pickPlace(id: number): Promise<Place> {
  const quorum = await pickFreePort();
  const election = await pickFreePort();
  const port = await pickFreePort();
  const specification = `server.${id}=127.0.0.1:${quorum}:${election}:participant;127.0.0.1:${port}`;
  return { id, port, specification };
}

function isRunning(server: Server): Promise<boolean> {
  return server.process().then(
    () => true,
    () => false,
  );
}
