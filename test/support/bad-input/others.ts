import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authACL,
  ClientId,
  digestACL,
  Server,
  setLogLevel,
  worldACL,
  ZooKeeperError,
} from 'libzookeeper';
import { calling, callingOn, type Row, rejects, throws } from './row.js';
import { allBut, badPerms, badSignals, noOptions, texts, these } from './values.js';

const valueRows: readonly Row[] = [
  throws('setLogLevel', 'level', [...allBut('0', '1'), ...these({ '5': 5 })], (_, level) =>
    calling(setLogLevel, level),
  ),
  throws('worldACL', 'perms', badPerms, (_, perms) => calling(worldACL, perms)),
  throws('authACL', 'perms', badPerms, (_, perms) => calling(authACL, perms)),
  throws('digestACL', 'perms', badPerms, (_, perms) => calling(digestACL, perms, 'u', 'p')),
  throws(
    'digestACL',
    'user',
    [...allBut(...texts), ...these({ 'one with a colon': 'a:b' })],
    (_, user) => calling(digestACL, 1, user, 'p'),
  ),
  throws('digestACL', 'password', allBut('an empty string', ...texts), (_, password) =>
    calling(digestACL, 1, 'u', password),
  ),
  throws('new ClientId', 'id', [...allBut('1n'), ...these({ '2n ** 63n': 2n ** 63n })], (_, id) =>
    Reflect.construct(ClientId, [id, Buffer.alloc(16)]),
  ),
  throws('new ClientId', 'passwd', allBut(), (_, passwd) =>
    Reflect.construct(ClientId, [1n, passwd]),
  ),
  throws('ClientId.load', 'saved', allBut(), (_, saved) => callingOn(ClientId, 'load', saved)),
  throws('new ZooKeeperError', 'errno', allBut('0', '1', '-1', '-2'), (_, errno) =>
    Reflect.construct(ZooKeeperError, [{ op: 'x', errno }]),
  ),
];

const channelRows: readonly Row[] = [
  rejects('Channel.receive', 'options', noOptions('undefined'), ({ conn }, options) =>
    callingOn(conn.session, 'receive', options),
  ),
  rejects('Channel.receive', 'signal', badSignals, ({ conn }, signal) =>
    callingOn(conn.session, 'receive', { signal }),
  ),
  rejects('Watch.receive', 'options', noOptions('undefined'), ({ watch }, options) =>
    callingOn(watch, 'receive', options),
  ),
  rejects('Watch.receive', 'signal', badSignals, ({ watch }, signal) =>
    callingOn(watch, 'receive', { signal }),
  ),
];

/** A directory that cannot be named: where it is taken all the same, no harm is done. */
const badDirectories = [
  ...allBut(...texts, 'a lone surrogate'),
  ...these({ 'a lone surrogate': join(tmpdir(), 'libzookeeper-\ud800') }),
];

/** Creates a server where there is one already, so that nothing comes of it either way. */
const creating = (key: string, samples: Row['samples']): Row =>
  rejects('Server.create', key, samples, ({ server }, value) =>
    callingOn(Server, 'create', { port: 0, runDir: server.runDir, [key]: value }),
  );

const serverRows: readonly Row[] = [
  rejects('Server.create', 'options', noOptions(), (_, options) =>
    callingOn(Server, 'create', options),
  ),
  creating('port', [...allBut('0', '1'), ...these({ '65536': 65536 })]),
  creating('runDir', badDirectories),
  creating('zkDir', allBut('undefined', ...texts)),
  creating('zooCfg', noOptions('undefined')),
  creating('jvmProperties', noOptions('undefined')),
  creating('jvmFlags', allBut('undefined', 'an array')),
  rejects('Server.attach', 'runDir', badDirectories, (_, runDir) =>
    callingOn(Server, 'attach', runDir),
  ),
  rejects('Server.start', 'options', noOptions('undefined'), ({ server }, options) =>
    callingOn(server, 'start', options),
  ),
  rejects('Server.start', 'timeout', allBut('undefined', '0.5', '1'), ({ server }, timeout) =>
    callingOn(server, 'start', { timeout }),
  ),
];

export const otherRows: readonly Row[] = [...valueRows, ...channelRows, ...serverRows];

/**
 * What takes no argument, hence no wrong one; classes that are not for users to make; and what says something of anything:
 * whether it is an error, what an event is in words.
 */
export const withoutArguments: readonly string[] = [
  ...['countPendingWatches', 'isError', 'new Conn', 'Conn.of', 'Conn.close', 'Conn.asyncDispose'],
  ...['ClientId.save', 'ClientId.isClientId', 'new ZooKeeperEvent', 'ZooKeeperEvent.toString'],
  ...['new Server', 'Server.stop', 'Server.destroy', 'Server.process', 'Server.asyncDispose'],
  ...['new Ensemble', 'Ensemble.stop', 'Ensemble.destroy', 'Ensemble.asyncDispose', 'Ensemble.add'],
  'new NotRunningError',
  'new MultiError',
];
