import { connect } from 'node:net';

/** How long one question may take; a server that starts up may accept it and say nothing. */
const PATIENCE = 1000;

/**
 * Asks the server on a port of 127.0.0.1 whether it serves, with the four-letter word `srvr`: the
 * answer of one that does has a line with its mode. (The port is open earlier than that.)
 */
export function isServing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host: '127.0.0.1', port });
    socket.setEncoding('latin1');
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on('connect', () => socket.write('srvr'));
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    // Refused, reset: not yet. What else there is to know about it comes with 'close'.
    socket.on('error', () => {});
    socket.on('close', () => resolve(/^Mode: /m.test(answer)));
  });
}
