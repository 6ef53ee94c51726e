import { connect } from 'node:net';
import { parseAddress } from './address.js';

/**
 * Asks a server with one of ZooKeeper's four-letter words: `srvr`, `wchs`, `cons`, `dump`, …
 *
 * @returns its answer, to the end; rejects when it gives none within `timeout` ms
 */
export function fourLetterWord(address: string, word: string, timeout = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(parseAddress(address));
    socket.setEncoding('utf8');
    socket.setTimeout(timeout, () => {
      socket.destroy(new Error(`no answer to "${word}" from ${address} within ${timeout} ms`));
    });
    socket.on('connect', () => socket.write(word));
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(answer));
  });
}

/** What a server has registered in watches: the answer to `wchs`. */
export interface WatchCounts {
  /** Connections that have a watch. */
  connections: number;
  /** Paths that are watched. */
  paths: number;
  /** Watches, one for each connection and path. */
  watches: number;
}

export async function watchCounts(address: string): Promise<WatchCounts> {
  return parseWchs(await fourLetterWord(address, 'wchs'));
}

export function parseWchs(answer: string): WatchCounts {
  const match = /^(\d+) connections watching (\d+) paths\s+Total watches:(\d+)\s*$/.exec(answer);
  if (match === null) throw new Error(`not an answer to "wchs": ${JSON.stringify(answer)}`);
  const [connections = 0, paths = 0, watches = 0] = match.slice(1).map(Number);
  return { connections, paths, watches };
}

/** A connection that a server has: a line of the answer to `cons`. */
export interface ServerConnection {
  /** The client's end, `host:port`. */
  address: string;
  /** Null before the session is there, and for a connection that brings a four-letter word. */
  sessionId: bigint | null;
  /** The negotiated session timeout in ms; null as above. */
  sessionTimeout: number | null;
  queued: number;
  received: number;
  sent: number;
  /** All that the line says, as it says it: `lop`, `est`, `lzxid`, … */
  fields: Record<string, string>;
}

/** The connections of a server's sessions, the one that asks not among them. */
export async function sessionConnections(address: string): Promise<ServerConnection[]> {
  const connections = parseCons(await fourLetterWord(address, 'cons'));
  return connections.filter(({ sessionId }) => sessionId !== null);
}

export function parseCons(answer: string): ServerConnection[] {
  return answer
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const match = /^ *\/(.+)\[\d+\]\((.*)\)$/.exec(line);
      if (match === null) throw new Error(`not a line of "cons": ${JSON.stringify(line)}`);
      const [, address = '', list = ''] = match;
      const fields: Record<string, string> = {};
      for (const pair of list.split(',')) {
        const equals = pair.indexOf('=');
        fields[pair.slice(0, equals)] = pair.slice(equals + 1);
      }
      return {
        address,
        sessionId: fields.sid === undefined ? null : BigInt(fields.sid),
        sessionTimeout: fields.to === undefined ? null : Number(fields.to),
        queued: Number(fields.queued),
        received: Number(fields.recved),
        sent: Number(fields.sent),
        fields,
      };
    });
}
