import { type Conn, isError, State, type ZooKeeperEvent } from 'libzookeeper';
import { say, sayError } from './output.js';

/** Says each event of the session, up to the one that brings `state`. */
export async function sayUntil(conn: Conn, state: State): Promise<void> {
  let event: ZooKeeperEvent;
  do {
    event = await conn.session.receive();
    say('session.receive()', event);
    if (event.state === State.CLOSED) throw new Error('the connection was closed');
  } while (event.state !== state);
}

/** Says how a call failed; it has to, and with a certain code. */
export async function sayFailure(
  what: string,
  call: Promise<unknown>,
  code: number,
): Promise<void> {
  await call.then(
    () => {
      throw new Error(`${what} should have failed`);
    },
    (error: unknown) => {
      if (!isError(error, code)) throw error;
      sayError(what, error);
    },
  );
}
