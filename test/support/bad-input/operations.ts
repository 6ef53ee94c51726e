import { CreateFlag } from 'libzookeeper';
import { callingOn, type Row, rejects } from './row.js';
import {
  allBut,
  badCerts,
  badData,
  badPerms,
  badSchemes,
  badSignals,
  noOptions,
  type Sample,
  texts,
  these,
  tooLong,
} from './values.js';

const open = [{ perms: 31, scheme: 'world', id: 'anyone' }];

/** The operations on a path, with what stands between it and the options. */
const operations: Readonly<Record<string, readonly unknown[]>> = {
  get: [],
  getW: [],
  children: [],
  childrenW: [],
  exists: [],
  existsW: [],
  create: ['data'],
  createWithStat: ['data'],
  set: ['after', -1],
  delete: [-1],
  acl: [],
  setACL: [open, -1],
  sync: [],
  retryChange: [() => 'after'],
};

const reading: readonly string[] = ['get', 'getW'];
const creating: readonly string[] = ['create', 'createWithStat', 'retryChange'];
const versioned: readonly string[] = ['set', 'delete', 'setACL'];

const badPaths: readonly Sample[] = [
  ...allBut(),
  ...these({
    relative: 'bad/x',
    'relative to here': './bad/x',
    'with an empty name': '/bad//x',
    'with a slash at its end': '/bad/x/',
    'of slashes': '///',
    'with a dot': '/bad/./x',
    'with two dots': '/bad/../x',
    'with a line break': '/bad/x\n',
    'with a character above U+FFFF': '/bad/\u{1f600}',
    'longer than any server takes': `/bad/${'x'.repeat(1024 * 1024)}`,
  }),
];

const badEncodings: readonly Sample[] = [
  ...allBut('undefined', 'null'),
  ...these({ 'none that there is': 'utf-7', 'one with a blank': 'utf8 ' }),
];

const badFlags: readonly Sample[] = [
  ...allBut('undefined', '0', '1'),
  ...these({ '7': 7, '8': 8, '-(2 ** 31)': -(2 ** 31) }),
];

const badTTLs: readonly Sample[] = [...allBut('1', '2 ** 31'), ...these({ '2 ** 40': 2 ** 40 })];

const badVersions: readonly Sample[] = [
  ...allBut('undefined', '-1', '0', '1'),
  ...these({ '-(2 ** 31)': -(2 ** 31) }),
];

/** The rows of what an ACL is made of. */
function aclRows(
  row: (argument: string, samples: readonly Sample[], acl: (value: unknown) => unknown) => Row,
): Row[] {
  const [entry] = open;
  const noTexts = allBut('an empty string', ...texts);
  return [
    row('acl[1]', noOptions(), (value) => [entry, value]),
    row('acl[0].perms', badPerms, (perms) => [{ ...entry, perms }]),
    row('acl[0].scheme', noTexts, (scheme) => [{ ...entry, scheme }]),
    row('acl[0].id', noTexts, (id) => [{ ...entry, id }]),
  ];
}

function rowsOf(name: string, rest: readonly unknown[]): Row[] {
  // What would be created is not there; everything else is about a node that is.
  const path = creating.includes(name) ? '/bad/x' : '/bad/node';
  /** A row, by the arguments that a value gives. */
  const row = (
    argument: string,
    samples: readonly Sample[],
    args: (value: unknown) => readonly unknown[],
  ): Row =>
    rejects(`Conn.${name}`, argument, samples, ({ conn }, value) =>
      callingOn(conn, name, ...args(value)),
    );
  const option = (argument: string, samples: readonly Sample[], others: object = {}): Row =>
    row(argument, samples, (value) => [path, ...rest, { ...others, [argument]: value }]);

  const rows = [
    row('path', badPaths, (value) => [value, ...rest]),
    row('options', noOptions('undefined'), (value) => [path, ...rest, value]),
    option('signal', badSignals),
  ];
  if (reading.includes(name)) rows.push(option('encoding', badEncodings));
  if (versioned.includes(name)) {
    rows.push(row('version', badVersions, (version) => [path, ...rest.slice(0, -1), version]));
  }
  if (creating.includes(name)) {
    rows.push(
      option('flags', badFlags),
      option('acl', allBut('undefined', 'an array')),
      ...aclRows((argument, samples, acl) =>
        row(argument, samples, (value) => [path, ...rest, { acl: acl(value) }]),
      ),
    );
  }
  if (name.startsWith('create')) {
    rows.push(
      row('data', badData('undefined'), (data) => [path, data]),
      option('ttl', allBut('undefined')),
      option('ttl', badTTLs, { flags: CreateFlag.PERSISTENT_WITH_TTL }),
    );
  }
  return rows;
}

/** On a node that is there and on one that is not. */
const changes = ['/bad/node', '/bad/x'].flatMap((path) => [
  rejects('Conn.retryChange', 'change', allBut('a function'), ({ conn }, change) =>
    callingOn(conn, 'retryChange', path, change),
  ),
  rejects('Conn.retryChange', 'change', badData('a promise', 'a hostile Proxy'), ({ conn }, data) =>
    callingOn(conn, 'retryChange', path, () => data),
  ),
  rejects('Conn.retryChange', 'flags', badFlags, ({ conn }, flags) =>
    callingOn(conn, 'retryChange', path, () => 'after', { flags }),
  ),
]);

/** A transaction of one op that makes sense, and one that does not. */
const inMulti = (
  argument: string,
  samples: readonly Sample[],
  op: (value: unknown) => object,
): Row =>
  rejects('Conn.multi', argument, samples, ({ conn }, value) =>
    callingOn(conn, 'multi', [{ type: 'delete', path: '/bad/node', version: -1 }, op(value)]),
  );

const creation = { type: 'create', path: '/bad/x', data: '' };

const multiRows: readonly Row[] = [
  rejects('Conn.multi', 'ops', allBut('an array'), ({ conn }, ops) =>
    callingOn(conn, 'multi', ops),
  ),
  rejects('Conn.multi', 'options', noOptions('undefined'), ({ conn }, options) =>
    callingOn(conn, 'multi', [], options),
  ),
  rejects('Conn.multi', 'signal', badSignals, ({ conn }, signal) =>
    callingOn(conn, 'multi', [], { signal }),
  ),
  rejects('Conn.multi', 'ops[0]', noOptions(), ({ conn }, op) => callingOn(conn, 'multi', [op])),
  inMulti('ops[1]', allBut(), (type) => ({ type, path: '/bad/node', version: -1 })),
  inMulti('ops[1]: path', badPaths, (path) => ({ type: 'delete', path, version: -1 })),
  inMulti('ops[1]: path', badPaths, (path) => ({ ...creation, path })),
  inMulti('ops[1]: data', badData(), (data) => ({ ...creation, data })),
  inMulti('ops[1]: data', badData(), (data) => ({ ...creation, type: 'set', version: -1, data })),
  inMulti('ops[1]: options', noOptions('undefined'), (options) => ({ ...creation, options })),
  inMulti('ops[1]: flags', badFlags, (flags) => ({ ...creation, options: { flags } })),
  inMulti('ops[1]: ttl', allBut('undefined'), (ttl) => ({ ...creation, options: { ttl } })),
  inMulti('ops[1]: acl', allBut('undefined', 'an array'), (acl) => ({
    ...creation,
    options: { acl },
  })),
  ...aclRows((argument, samples, acl) =>
    inMulti(`ops[1]: ${argument}`, samples, (value) => ({
      ...creation,
      options: { acl: acl(value) },
    })),
  ),
  ...['delete', 'set', 'check'].map((type) =>
    inMulti('ops[1]: version', [...badVersions, ...these({ undefined })], (version) => ({
      ...creation,
      type,
      path: '/bad/node',
      version,
    })),
  ),
];

export const operationRows: readonly Row[] = [
  ...Object.entries(operations).flatMap(([name, rest]) => rowsOf(name, rest)),
  ...changes,
  rejects('Conn.set', 'data', badData(), ({ conn }, data) =>
    callingOn(conn, 'set', '/bad/node', data),
  ),
  rejects('Conn.setACL', 'acl', allBut('an array'), ({ conn }, acl) =>
    callingOn(conn, 'setACL', '/bad/node', acl),
  ),
  rejects('Conn.setACL', 'acl', [tooLong], ({ conn }, id) =>
    callingOn(conn, 'setACL', '/bad/node', [{ ...open[0], id }]),
  ),
  ...aclRows((argument, samples, acl) =>
    rejects('Conn.setACL', argument, samples, ({ conn }, value) =>
      callingOn(conn, 'setACL', '/bad/node', acl(value)),
    ),
  ),
  ...multiRows,
  rejects('Conn.addAuth', 'scheme', badSchemes, ({ conn }, scheme) =>
    callingOn(conn, 'addAuth', scheme, 'x'),
  ),
  rejects('Conn.addAuth', 'cert', badCerts, ({ conn }, cert) =>
    callingOn(conn, 'addAuth', 'digest', cert),
  ),
];
