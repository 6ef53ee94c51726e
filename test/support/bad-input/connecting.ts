import { ClientId, connect, dial, redial } from 'libzookeeper';
import { calling, type Row, type Subjects } from './row.js';
import {
  allBut,
  badCerts,
  badSchemes,
  badSignals,
  noOptions,
  type Sample,
  these,
} from './values.js';

export const badServers: readonly Sample[] = [
  ...allBut(),
  ...these({
    'without a port': '127.0.0.1',
    'with a bad port': '127.0.0.1:99999',
    'with a bad chroot': '127.0.0.1:1/a/',
    'with a lone surrogate': 'a\ud800:1',
    'with a NUL': '127.0.0.1:1\0',
    'a list of what is none': ['127.0.0.1:1', 2],
  }),
];

const badTimes: readonly Sample[] = [...allBut('undefined', '1'), ...these({ '1e9 + 1': 1e9 + 1 })];

const real = new ClientId(1n, Buffer.alloc(16));

const badClientIds: readonly Sample[] = [
  ...allBut('undefined'),
  ...these({
    'an object with the prototype of one': Object.create(ClientId.prototype),
    'a forged one': Object.assign(Object.create(ClientId.prototype), {
      id: 'x',
      passwd: Buffer.alloc(16),
    }),
    'a copy of one': { ...real },
    'a Proxy of one': new Proxy(real, {}),
    'a saved one': real.save(),
  }),
];

type Dial = (servers: unknown, options: unknown, subjects: Subjects) => unknown;

/** The rows that the three ways to a connection have in common. */
function rowsOf(name: string, open: Dial): Row[] {
  const row = (argument: string, samples: readonly Sample[], call: Row['call']): Row => ({
    name,
    argument,
    samples,
    call,
    throws: name !== 'connect',
  });
  const option = (argument: string, samples: readonly Sample[]): Row =>
    row(argument, samples, (subjects, value) =>
      open(subjects.address, { [argument]: value }, subjects),
    );
  const inAuth = (argument: string, samples: readonly Sample[], key: string): Row =>
    row(argument, samples, (subjects, value) => {
      const auth = [{ scheme: 'digest', cert: 'user:password', [key]: value }];
      return open(subjects.address, { auth }, subjects);
    });
  return [
    row('servers', badServers, (subjects, servers) => open(servers, undefined, subjects)),
    row('options', noOptions('undefined'), (subjects, options) =>
      open(subjects.address, options, subjects),
    ),
    option('sessionTimeout', badTimes),
    option('serversResolutionDelay', badTimes),
    option('randomizeServers', allBut('undefined', 'true', 'false')),
    option('logger', allBut('undefined', 'a hostile Proxy')),
    option('auth', allBut('undefined', 'an array')),
    row('auth[1]', noOptions(), (subjects, entry) => {
      const auth = [{ scheme: 'digest', cert: 'user:password' }, entry];
      return open(subjects.address, { auth }, subjects);
    }),
    inAuth('auth[0].scheme', badSchemes, 'scheme'),
    inAuth('auth[0].cert', badCerts, 'cert'),
    option('readOnly', allBut('undefined', 'true', 'false')),
    option('tls', allBut('undefined', 'a hostile Proxy')),
    option('sasl', allBut('undefined', 'a hostile Proxy')),
  ];
}

const options = (name: string, opening: typeof dial | typeof connect): Row[] => {
  const option = (argument: string, samples: readonly Sample[]): Row => ({
    name,
    argument,
    samples,
    call: ({ address }, value) => calling(opening, address, { [argument]: value }),
    throws: name !== 'connect',
  });
  const own = [option('clientId', badClientIds)];
  if (name === 'connect')
    own.push(option('connectTimeout', badTimes), option('signal', badSignals));
  return own;
};

export const connectingRows: readonly Row[] = [
  ...rowsOf('dial', (servers, given) => calling(dial, servers, given)),
  ...rowsOf('connect', (servers, given) => calling(connect, servers, given)),
  ...rowsOf('redial', (servers, given, { clientId }) => calling(redial, servers, clientId, given)),
  ...options('dial', dial),
  ...options('connect', connect),
  {
    name: 'redial',
    argument: 'clientId',
    samples: [...badClientIds, { name: 'undefined', make: () => undefined }],
    call: ({ address }, clientId) => calling(redial, address, clientId),
    throws: true,
  },
];
