import type { Stat } from '../stat.js';
import { sessionIdText } from './identity.js';
import { readOnly } from './read-only.js';
import type { stat } from './types.js';

/** A stat in the original's shape. @param sessionId - the session that asked */
export function statOf(from: Stat, sessionId: bigint): stat {
  return readOnly({
    czxid: Number(from.czxid),
    mzxid: Number(from.mzxid),
    pzxid: Number(from.pzxid),
    dataLength: from.dataLength,
    numChildren: from.numChildren,
    version: from.version,
    cversion: from.cversion,
    aversion: from.aversion,
    ctime: from.ctime as Date & number,
    mtime: from.mtime as Date & number,
    ephemeralOwner: sessionIdText(from.ephemeralOwner),
    createdInThisSession: from.ephemeralOwner === sessionId,
  });
}
