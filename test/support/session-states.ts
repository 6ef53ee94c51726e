import { type Conn, State, type ZooKeeperEvent } from 'libzookeeper';

/** States that no other follows. */
const LAST: readonly State[] = [State.EXPIRED_SESSION, State.AUTH_FAILED, State.CLOSED];

/**
 * Waits until the session is in a state; at once when it is. It may have gone on to another one by
 * the time that the caller runs again. Rejects when the session ends in another state.
 */
export function reached(conn: Conn, state: State): Promise<void> {
  if (conn.state === state) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const look = (event: ZooKeeperEvent): void => {
      const isLast = LAST.includes(event.state);
      if (event.state !== state && !isLast) return;
      conn.off('session', look);
      if (event.state === state) resolve();
      else
        reject(new Error(`waited for state ${state}, and the session ended with ${event.state}`));
    };
    conn.on('session', look);
  });
}

/** Notes the states that a session goes through from now on, as its events tell them. */
export function recordStates(conn: Conn): State[] {
  const states: State[] = [];
  conn.on('session', (event) => states.push(event.state));
  return states;
}
