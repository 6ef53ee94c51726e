/**
 * What {@link Server.process} rejects with when no server is running in the run directory:
 * gozk's `ErrNotRunning`.
 *
 * @example
 * ```ts
 * await server.process().catch((error: unknown) => {
 *   if (!(error instanceof NotRunningError)) throw error;
 * });
 * ```
 */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';

  constructor(runDir: string) {
    super(`no ZooKeeper server is running in "${runDir}"`);
  }
}
