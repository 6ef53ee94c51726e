import { Ensemble, parseConfig } from 'libzookeeper';
import { badServers } from './connecting.js';
import { calling, callingOn, type Row, rejects, throws } from './row.js';
import { allBut, badSignals, noOptions, type Sample, these } from './values.js';

const server = 'server.1=127.0.0.1:1:2:participant;127.0.0.1:3';

const badLists: readonly Sample[] = [
  ...allBut('undefined'),
  ...these({
    'with a line break': `${server}\nversion=1`,
    'with a NUL': `${server}\0`,
    'with an empty entry': `${server},`,
    'of one server and something else': [server, 'x'],
  }),
];

const badConfigVersions: readonly Sample[] = [
  ...allBut('undefined', '-1', '0', '1', '2 ** 31', '1n'),
  ...these({ '2n ** 63n': 2n ** 63n, '-2n': -2n }),
];

const changing = (argument: string, samples: readonly Sample[], others: object = {}): Row =>
  rejects('Conn.reconfig', argument, samples, ({ conn }, value) =>
    callingOn(conn, 'reconfig', { ...others, [argument]: value }),
  );

/** Creates an ensemble where there is a server already, so that nothing comes of it either way. */
const creating = (argument: string, samples: readonly Sample[]): Row =>
  rejects('Ensemble.create', argument, samples, ({ server: { runDir } }, value) =>
    callingOn(Ensemble, 'create', { runDir, [argument]: value }),
  );

/** What takes options, and has nothing ahead of them. */
const readingConfig = (name: string): Row[] => [
  rejects(`Conn.${name}`, 'options', noOptions('undefined'), ({ conn }, options) =>
    callingOn(conn, name, options),
  ),
  rejects(`Conn.${name}`, 'signal', badSignals, ({ conn }, signal) =>
    callingOn(conn, name, { signal }),
  ),
];

export const ensembleRows: readonly Row[] = [
  ...readingConfig('config'),
  ...readingConfig('configW'),
  rejects('Conn.reconfig', 'change', noOptions(), ({ conn }, change) =>
    callingOn(conn, 'reconfig', change),
  ),
  changing('joining', badLists),
  changing('members', badLists),
  changing('leaving', allBut('undefined', '0', '1', '2 ** 31', 'a string of digits')),
  changing('version', badConfigVersions, { leaving: 1 }),
  rejects('Conn.reconfig', 'options', noOptions('undefined'), ({ conn }, options) =>
    callingOn(conn, 'reconfig', { leaving: 1 }, options),
  ),
  rejects('Conn.reconfig', 'signal', badSignals, ({ conn }, signal) =>
    callingOn(conn, 'reconfig', { leaving: 1 }, { signal }),
  ),
  rejects(
    'Conn.setServers',
    'servers',
    [...badServers, ...these({ 'with a chroot': '127.0.0.1:1/a', 'with a slash': 'a:1/' })],
    ({ conn }, servers) => callingOn(conn, 'setServers', servers),
  ),
  throws('parseConfig', 'data', allBut('an empty string'), (_, data) => calling(parseConfig, data)),
  rejects('Ensemble.create', 'options', noOptions(), (_, options) =>
    callingOn(Ensemble, 'create', options),
  ),
  creating('size', [...allBut('undefined', '1'), ...these({ '10': 10 })]),
  creating('runDir', allBut('a string', 'a string of digits', 'a lone surrogate')),
  creating('zkDir', allBut('undefined', 'a string', 'a string of digits')),
  creating('zooCfg', noOptions('undefined')),
  creating('jvmProperties', noOptions('undefined')),
  creating('jvmFlags', allBut('undefined', 'an array')),
  rejects('Ensemble.start', 'options', noOptions('undefined'), ({ ensemble }, options) =>
    callingOn(ensemble, 'start', options),
  ),
  rejects('Ensemble.start', 'timeout', allBut('undefined', '0.5', '1'), ({ ensemble }, timeout) =>
    callingOn(ensemble, 'start', { timeout }),
  ),
];
