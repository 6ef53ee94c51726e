import { type Conn, State } from 'libzookeeper';

/** States that no other follows. */
const LAST: readonly State[] = [State.EXPIRED_SESSION, State.AUTH_FAILED, State.CLOSED];

/** Waits until the session is in a state; at once when it is. Rejects when it never will be. */
export async function reached(conn: Conn, state: State): Promise<void> {
  while (conn.state !== state) {
    if (LAST.includes(conn.state)) {
      throw new Error(`waited for state ${state}, and the session has ended with ${conn.state}`);
    }
    await new Promise((resolve) => conn.once('session', resolve));
  }
}

/** Notes the states that a session goes through from now on, as its events tell them. */
export function recordStates(conn: Conn): State[] {
  const states: State[] = [];
  conn.on('session', (event) => states.push(event.state));
  return states;
}
