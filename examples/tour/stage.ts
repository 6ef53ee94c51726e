import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Conn, connect, Server } from 'libzookeeper';
import { Cable } from './cable.js';

/**
 * All that the tour sets up, so that all of it can be taken down again at any moment: a server in
 * a temporary directory, and the connections to it.
 */
export class Stage {
  /** The temporary directory. */
  readonly directory: string;
  readonly server: Server;
  readonly #connections = new Set<Conn>();
  readonly #cables = new Set<Cable>();
  readonly #interrupted: AbortSignal;

  private constructor(directory: string, server: Server, interrupted: AbortSignal) {
    this.directory = directory;
    this.server = server;
    this.#interrupted = interrupted;
  }

  /** @param interrupted - from when on nothing new is begun */
  static async build(interrupted: AbortSignal): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), 'libzookeeper-tour-'));
    try {
      // A short tick allows for short session timeouts, which the last chapter waits for.
      const server = await Server.create({
        port: 0,
        runDir: join(directory, 'server'),
        zooCfg: { tickTime: 500 },
      });
      return new Stage(directory, server, interrupted);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  async startServer(): Promise<number> {
    this.#interrupted.throwIfAborted();
    await this.server.start();
    return (await this.server.process()).pid;
  }

  /** @param sessionTimeout - short, for the tour not to wait long where a connection has to time out */
  async connect(address: string, sessionTimeout = 4000): Promise<Conn> {
    const conn = await connect(address, {
      sessionTimeout,
      // The first connection to a busy machine's server may take its time.
      connectTimeout: 20_000,
      signal: this.#interrupted,
    });
    this.#connections.add(conn);
    return conn;
  }

  async layCable(): Promise<Cable> {
    this.#interrupted.throwIfAborted();
    const cable = await Cable.to(this.server.address);
    this.#cables.add(cable);
    return cable;
  }

  /** Closes the connections that are still open. */
  async closeConnections(): Promise<number> {
    const connections = [...this.#connections];
    this.#connections.clear();
    await Promise.all(connections.map((conn) => conn[Symbol.asyncDispose]()));
    for (const cable of this.#cables) cable.pull();
    this.#cables.clear();
    return connections.length;
  }

  /** Takes everything down. May be called at any moment, and more than once. */
  async clear(): Promise<void> {
    try {
      await this.closeConnections();
    } finally {
      await this.server.destroy();
      await rm(this.directory, { recursive: true, force: true });
    }
  }
}
