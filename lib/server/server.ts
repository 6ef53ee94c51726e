import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findClassPath } from './class-path.js';
import { findJava } from './java.js';
import { type Launched, launch, logTail } from './launch.js';
import { NotRunningError } from './not-running-error.js';
import {
  checkOptions,
  checkPath,
  checkRecord,
  checkTimeout,
  type ServerOptions,
  type StartOptions,
} from './options.js';
import { pickFreePort, waitUntilFree } from './port.js';
import { isServer, waitUntilGone } from './process-table.js';
import { isServing } from './readiness.js';
import {
  createRunDirectory,
  openRunDirectory,
  readPid,
  removePid,
  type ServerSettings,
  writePid,
} from './run-directory.js';
import { takeStartLock } from './start-lock.js';

/** How long a server may take to answer after its start, in ms, unless `start` is told. */
const START_TIMEOUT = 60_000;

/** How long a server may take to end by itself before it is killed, in ms. */
const STOP_TIMEOUT = 5_000;

/** How long a killed process may take to be gone, in ms. */
const KILL_TIMEOUT = 10_000;

/** The pause between two questions whether the server serves, in ms. */
const POLL_INTERVAL = 25;

/** How long the port may stay taken by a server that has just ended, in ms. */
const PORT_PATIENCE = 1_000;

/**
 * The process of a running server.
 *
 * @example
 * ```ts
 * const { pid }: ServerProcess = await server.process();
 * ```
 */
export interface ServerProcess {
  pid: number;
}

/** A start that is under way, so that `stop` can end it. */
interface Starting {
  abort: AbortController;
  settled: Promise<unknown>;
}

/**
 * A ZooKeeper server for tests and development, in a directory of its own, on 127.0.0.1 only.
 *
 * It needs Java 11 or newer (`JAVA_HOME`, or `java` on `PATH`) and a ZooKeeper: the package
 * `libzookeeper-java` of Debian and Ubuntu, or an unpacked release.
 *
 * The server is a process that does not depend on this one: it does not keep it alive, and goes on
 * when it ends. Everything there is to know about it lies in the run directory, so any process can
 * {@link Server.attach} to it and control it: `zoo.cfg`, `server.json` (how it is run),
 * `server.pid`, `server.log`, and, unless `zooCfg` says otherwise, `data`.
 *
 * ```ts
 * const server = await Server.create({ port: 0, runDir: '/tmp/zk' });
 * await server.start();
 * const conn = await connect(server.address);
 * // ...
 * await conn.close();
 * await server.destroy();
 * ```
 *
 * gozk's `Server`.
 */
export class Server implements AsyncDisposable {
  /** Where it is, or will be, when it runs: `127.0.0.1:port`. gozk's `Addr`. */
  readonly address: string;

  /** The absolute path of the run directory, without symbolic links. */
  readonly runDir: string;

  readonly #settings: ServerSettings;

  /** Whether this object made the run directory, and whether it started the server in it. */
  readonly #created: boolean;
  #started = false;

  #starting: Starting | null = null;

  private constructor(runDir: string, settings: ServerSettings, created: boolean) {
    this.runDir = runDir;
    this.address = `127.0.0.1:${settings.port}`;
    this.#settings = settings;
    this.#created = created;
  }

  /**
   * Sets up a server in a run directory, but does not start it. gozk's `CreateServer`.
   *
   * @returns rejects with a TypeError or RangeError for an option that cannot be, and with an
   *   Error when the run directory is not empty (which it names) or cannot be written
   */
  static async create(options: ServerOptions): Promise<Server> {
    const checked = checkOptions(options);
    const settings: ServerSettings = {
      port: checked.port === 0 ? await pickFreePort() : checked.port,
      // Another process, in another directory, may start it.
      zkDir: checked.zkDir === null ? null : resolve(checked.zkDir),
      jvmProperties: checked.jvmProperties,
      jvmFlags: checked.jvmFlags,
    };
    return new Server(await createRunDirectory(checked, settings), settings, true);
  }

  /**
   * A server that was set up by {@link Server.create}, by this process or another, running or not.
   * gozk's `AttachServer`.
   *
   * @returns rejects with an Error when `runDir` is no such directory
   */
  static async attach(runDir: string): Promise<Server> {
    const found = await openRunDirectory(checkPath(runDir, 'runDir'));
    return new Server(found.runDir, found.settings, false);
  }

  /**
   * Starts the server. Resolves once it answers requests. gozk's `Start`, which does not wait.
   *
   * @returns rejects with an Error when it is running already, when its port is taken, when there
   *   is no Java or no ZooKeeper (with the way to get them), and, with the end of its log, when it
   *   ends or does not answer in time. Then no process is left, and it can be started again
   */
  async start(options: StartOptions = {}): Promise<void> {
    const { timeout } = checkRecord(options, 'options');
    const patience = timeout === undefined ? START_TIMEOUT : checkTimeout(timeout, 'timeout');

    if (this.#starting !== null) {
      throw new Error(`the server in "${this.runDir}" is already being started`);
    }
    const abort = new AbortController();
    const work = this.#start(performance.now() + patience, patience, abort.signal);
    this.#starting = { abort, settled: work.catch(() => {}) };
    try {
      await work;
      this.#started = true;
    } finally {
      this.#starting = null;
    }
  }

  /**
   * Stops the server, gently at first, and by force when it is still there after 5 s (or paused).
   * Does nothing when it is not running. Its data stays, and it can be started again. A start that
   * is under way in this object is given up. gozk's `Stop`.
   *
   * @returns rejects with an Error when the process cannot be stopped, such as another user's
   */
  async stop(): Promise<void> {
    if (this.#starting !== null) {
      const { abort, settled } = this.#starting;
      abort.abort(new Error(`the server in "${this.runDir}" was stopped while it was starting`));
      await settled;
    }
    const pid = await this.#find();
    if (pid === null) return;

    signal(pid, 'SIGTERM');
    if (!(await waitUntilGone(pid, this.runDir, STOP_TIMEOUT))) {
      // It is a paused one, or one that is busy: it cannot handle a signal, so use the one that
      // needs no handling. The id is still its own, or it would count as gone.
      signal(pid, 'SIGKILL');
      if (!(await waitUntilGone(pid, this.runDir, KILL_TIMEOUT))) {
        throw new Error(`the server in "${this.runDir}", process ${pid}, cannot be killed`);
      }
    }
    removePid(this.runDir, pid);
  }

  /**
   * Stops the server and removes its run directory with all that is in it, the data included. Does
   * nothing when that was done before. gozk's `Destroy`.
   */
  async destroy(): Promise<void> {
    await this.stop();
    await rm(this.runDir, { recursive: true, force: true });
  }

  /**
   * The process of the running server, whoever started it. gozk's `Process`.
   *
   * @returns rejects with {@link NotRunningError} when there is none
   */
  async process(): Promise<ServerProcess> {
    const pid = await this.#find();
    if (pid === null) throw new NotRunningError(this.runDir);
    return { pid };
  }

  /**
   * Undoes what was done through this object, for `await using`: a server that it created is
   * destroyed; one that it attached to is stopped if it was started here, and otherwise left alone.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#created) await this.destroy();
    else if (this.#started) await this.stop();
  }

  /** The id of the server's process; a pid file that names anything else is as good as none. */
  async #find(): Promise<number | null> {
    const pid = readPid(this.runDir);
    return pid !== null && (await isServer(pid, this.runDir)) ? pid : null;
  }

  async #start(deadline: number, patience: number, aborted: AbortSignal): Promise<void> {
    const launched = await this.#launch(aborted);
    try {
      await this.#untilServing(launched, deadline, patience, aborted);
    } catch (error) {
      launched.child.kill('SIGKILL');
      await launched.exit;
      removePid(this.runDir, launched.pid);
      throw error;
    } finally {
      launched.child.unref();
    }
  }

  /** Everything up to the running process and its pid file, one caller at a time. */
  async #launch(aborted: AbortSignal): Promise<Launched> {
    const unlock = await takeStartLock(this.runDir);
    try {
      const running = await this.#find();
      if (running !== null) {
        throw new Error(`the server in "${this.runDir}" is already running, as process ${running}`);
      }
      const classPath = await findClassPath(this.#settings.zkDir);
      const java = await findJava(process.env);
      if (!(await waitUntilFree(this.#settings.port, PORT_PATIENCE))) {
        throw new Error(
          `the server in "${this.runDir}" cannot start: ${this.address} is in use by another program`,
        );
      }
      aborted.throwIfAborted();
      const launched = await launch(java, classPath, this.#settings, this.runDir);
      try {
        writePid(this.runDir, launched.pid);
      } catch (error) {
        launched.child.kill('SIGKILL');
        throw error;
      }
      return launched;
    } finally {
      await unlock();
    }
  }

  async #untilServing(
    { child, exit, logStart }: Launched,
    deadline: number,
    patience: number,
    aborted: AbortSignal,
  ): Promise<void> {
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    for (;;) {
      const serving = await isServing(this.#settings.port);
      aborted.throwIfAborted();
      // Asked after the answer: it was this process that gave it, and not one that took the port.
      if (ended()) {
        const { code, signal: by } = await exit;
        const how = by === null ? `ended with exit code ${code}` : `was ended by ${by}`;
        const tail = await logTail(this.runDir, logStart);
        throw new Error(`the ZooKeeper server ${how} while it was starting; ${tail}`);
      }
      if (serving) return;
      if (performance.now() >= deadline) {
        const tail = await logTail(this.runDir, logStart);
        throw new Error(`the ZooKeeper server did not answer within ${patience} ms; ${tail}`);
      }
      await Promise.race([exit, sleep(POLL_INTERVAL)]);
    }
  }
}

/** Sends a signal; that the process is already gone is as good. */
function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return;
    const { message } = cause as Error;
    throw new Error(`cannot stop the ZooKeeper server, process ${pid}: ${message}`, { cause });
  }
}
