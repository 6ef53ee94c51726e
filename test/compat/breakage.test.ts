import { fileURLToPath } from 'node:url';
import { type Conn, connect } from 'libzookeeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, type ChildResult, startChild } from '../support/child.js';
import { startServer, type TestServer } from '../support/server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { ensurePeer } from './peer/ensure.mjs';
import { Network } from './support/network.mjs';

/*
 * What breaks the original does not break ours: each test runs both, in processes of their own, and prints what
 * became of them. docs/migrating.md has a row for each.
 */

const runner = new URL('./support/run-breakage.mjs', import.meta.url);

let server: TestServer;
let conn: Conn;

beforeAll(async () => {
  await ensurePeer();
  server = await startServer();
  conn = await connect(server.address);
}, 300_000);

afterAll(() => conn[Symbol.asyncDispose]());

/** Every method that takes a callback, with all that it takes but that, or but its watcher. */
const withoutCallback: readonly (readonly [method: string, values: readonly unknown[]])[] = [
  ['a_create', ['/x', '', 0]],
  ['a_createTtl', ['/x', '', 5, 1000]],
  ['a_exists', ['/', false]],
  ['aw_exists', ['/']],
  ['a_get', ['/', false]],
  ['aw_get', ['/']],
  ['a_get_children', ['/', false]],
  ['aw_get_children', ['/']],
  ['a_get_children2', ['/', false]],
  ['aw_get_children2', ['/']],
  ['a_set', ['/', '', 0]],
  ['a_delete_', ['/x', 0]],
  ['a_get_acl', ['/']],
  ['a_set_acl', ['/', 0, []]],
  ['add_auth', ['digest', 'a:b']],
  ['a_sync', ['/']],
  ['a_getconfig', [false]],
  ['aw_getconfig', []],
  ['a_reconfig', [null, null, null, -1]],
  ['mkdirp', ['/x']],
  ['connect', []],
  ['w_get', ['/']],
  ['w_exists', ['/']],
  ['w_get_children', ['/']],
  ['w_get_children2', ['/']],
  ['w_getconfig', []],
];

const nothing = 'nothing within 1.5 s';

/** What becomes of the plays of breakage/differences.mjs. */
const differences: Readonly<Record<string, { original: string; ours: string }>> = {
  'A watcher, when the connection is lost and comes back': {
    original: '-1 1, -1 3, 3 3',
    ours: '3 3',
  },
  'A request that the server does not answer': {
    original: '-7 operation timeout',
    ours: '-4 connection loss',
  },
  '`state` while there is no connection': { original: '0', ours: '1' },
  'A request while no host resolves': { original: 'returned -9', ours: '-4 connection loss' },
  'A path with a NUL': { original: '0 ok', ours: 'returned -8' },
  'A path that no server can hold (a private-use character, one above U+FFFF, a lone surrogate)': {
    original: '-101 no node, -101 no node, -101 no node',
    ours: 'returned -8, returned -8, returned -8',
  },
  'A path without a slash in a client with a chroot': {
    original: 'lies beside the chroot',
    ours: 'returned -8',
  },
  'An empty scheme for `add_auth`': {
    original: '-115 authentication failed',
    ours: 'returned -8',
  },
  '`mkdirp` with a slash at the end': { original: nothing, ours: 'done' },
  '`mkdirp` of a client that is closed': {
    original: nothing,
    ours: 'Zookeeper Error: code=-9   invalid zhandle state',
  },
  '`mkdirp` of a relative path': {
    original: 'done',
    ours: 'Zookeeper Error: code=-8   bad arguments',
  },
  '`connect` to servers that make no sense': {
    original: nothing,
    ours: 'throws: zookeeper: dial: bad arguments: servers: no port in "nowhere"',
  },
  'A negative timeout': {
    original: nothing,
    ours: 'throws: zookeeper: dial: bad arguments: sessionTimeout must be an integer from 1 to 1000000000, in milliseconds, not -5',
  },
  'A `client_id` that is no number': {
    original: 'taken for 0',
    ours: 'throws: ZK init: client id is not hexadecimal',
  },
  'An encoding that there is not': {
    original: 'uncaught, later: Unknown encoding: nope',
    ours: 'throws: Unknown encoding: nope',
  },
};

interface Options {
  readonly execArgv?: readonly string[];
  /** Called with the child when it has started. */
  readonly meanwhile?: (child: Child) => Promise<void>;
}

/** Runs a script with one implementation, and says what became of it. */
async function play(
  implementation: string,
  script: string,
  given: object,
  { execArgv = [], meanwhile }: Options,
): Promise<string> {
  const file = fileURLToPath(new URL(`./breakage/${script}.mjs`, import.meta.url));
  const child = startChild(
    runner,
    [implementation, file, JSON.stringify({ server: server.address, ...given })],
    { execArgv, timeout: 15_000 },
  );
  await meanwhile?.(child);
  return outcomeOf(await child.done);
}

function outcomeOf({ stdout, stderr, signal, code, timedOut }: ChildResult): string {
  const said = /^outcome: (.*)/m.exec(stdout)?.[1];
  if (said !== undefined) return said;
  if (timedOut) return 'never ends';
  if (signal !== null) return `dies: ${signal}`;
  return `exits with ${code}: ${/^\w*Error: .*$/m.exec(stderr)?.[0] ?? 'no reason given'}`;
}

/** Runs a script with both, and prints what became of them. */
async function both(
  title: string,
  script: string,
  given: object = {},
  options: Options = {},
): Promise<{ original: string; ours: string }> {
  const [original, ours] = await Promise.all(
    ['original', 'ours'].map((name) => play(name, script, given, options)),
  );
  console.log(`${title}\n  original: ${original}\n  ours:     ${ours}`);
  return { original: original as string, ours: ours as string };
}

describe('the process dies', () => {
  it('four workers at once', async () => {
    const { ours } = await both('four workers at once', 'workers');
    expect(ours).toBe('worked, worked, worked, worked');
  });

  it('close() with a get_acl pending', async () => {
    const { original, ours } = await both('close() with a get_acl pending', 'close-with-get-acl');
    expect(original).toBe('dies: SIGSEGV');
    expect(ours).toBe('the callback got -116 zookeeper is closing');
  });

  it('get_acl of a missing node', async () => {
    const { original, ours } = await both('get_acl of a missing node', 'get-acl-missing');
    expect(original).toBe('dies: SIGSEGV');
    expect(ours).toBe('rejected: -101 no node');
  });

  it('get_acl of a node that may not be read', async () => {
    const { original, ours } = await both('get_acl that is refused', 'get-acl-refused');
    expect(original).toBe('dies: SIGSEGV');
    expect(ours).toBe('rejected: -102 not authenticated');
  });

  it('a missing callback or watcher', async () => {
    const calls = [...withoutCallback];
    const tryNext = async (): Promise<void> => {
      const call = calls.shift();
      if (call === undefined) return;
      const original = await play('original', 'missing-callback', { calls: [call] }, {});
      console.log(`${call[0]} without its callback\n  original: ${original}`);
      expect(original).toMatch(/^dies: SIGABRT|^exits with 1: TypeError/);
      await tryNext();
    };
    await Promise.all([tryNext(), tryNext(), tryNext(), tryNext()]);
    const ours = await play('ours', 'missing-callback', { calls: withoutCallback }, {});
    console.log(`all of them\n  ours: ${ours}`);
    expect(ours.split('; ').sort()).toEqual([
      'TypeError: callback must be a function, not undefined',
      'TypeError: cb must be a function, not undefined',
      'TypeError: dataCb must be a function, not undefined',
      'TypeError: watcher must be a function, not undefined',
    ]);
  }, 60_000);

  it.each(['bigint', 'symbol'])('a version that is a %s', async (kind) => {
    const { original, ours } = await both(`a version that is a ${kind}`, 'bigint-version', {
      kind,
    });
    expect(original).toBe('dies: SIGABRT');
    expect(ours).toBe(`TypeError: version must be a number, not a ${kind}`);
  });

  it('init() in the close event', async () => {
    const when = 'in the close event';
    const { original, ours } = await both('init() in the close event', 'init-again', { when });
    expect(original).toBe('dies: SIGABRT');
    expect(ours).toBe('connected again');
  });
});

describe('the session is lost', () => {
  it('an event loop that is blocked for longer than the session timeout', async () => {
    const { original, ours } = await both('an event loop that is blocked', 'blocked-loop');
    expect(original).toMatch(/^the session was lost/);
    expect(ours).toBe('the session and its ephemeral node are there');
  });

  it('a reply above 44 KiB on a slow link', async () => {
    await conn.create('/slow', Buffer.alloc(200 * 1024, 7));
    const proxy = await Network.start(server.address);
    proxy.slow(256);
    const given = { server: proxy.address, path: '/slow' };
    const { original, ours } = await both('a reply of 200 KiB on a slow link', 'slow-link', given);
    await proxy.close();
    expect(original).not.toBe('204800 bytes');
    expect(ours).toBe('204800 bytes');
  });
});

describe('it goes another way', () => {
  let theirs: Record<string, string>;
  let own: Record<string, string>;

  beforeAll(async () => {
    const [original, ours] = await Promise.all(
      ['original', 'ours'].map((name) => play(name, 'differences', {}, {})),
    );
    theirs = JSON.parse(original as string);
    own = JSON.parse(ours as string);
  }, 30_000);

  it('in as many cases as are listed here', () => {
    expect(Object.keys(own).sort()).toEqual(Object.keys(differences).sort());
  });

  it.each(Object.entries(differences))('%s', (name, expected) => {
    console.log(`${name}\n  original: ${theirs[name]}\n  ours:     ${own[name]}`);
    expect({ original: theirs[name], ours: own[name] }).toEqual(expected);
  });
});

describe('the client hangs', () => {
  it.each(['expired', 'closed'])('init() again after the session was %s', async (when) => {
    const { original, ours } = await both(`init() again, ${when}`, 'init-again', { when });
    expect(original).toMatch(/^does not connect within 2 s/);
    expect(ours).toBe('connected again');
  });

  it('close() against a frozen server', async () => {
    const { original, ours } = await frozenClose();
    expect(original).toMatch(/^close\(\) took/);
    expect(ours).toBe('close() returned at once');
  });
});

/** Each has a network of its own, which freezes when its client says so. */
async function frozenClose(): Promise<{ original: string; ours: string }> {
  const run = async (name: string): Promise<string> => {
    const proxy = await TcpProxy.start(server.address);
    const meanwhile = async (child: Child): Promise<void> => {
      await child.output(/freeze\n/);
      proxy.holdIncoming();
      child.write('frozen\n');
    };
    const outcome = await play(name, 'frozen-close', { server: proxy.address }, { meanwhile });
    await proxy.close();
    return outcome;
  };
  const [original, ours] = (await Promise.all(['original', 'ours'].map(run))) as [string, string];
  console.log(`close() against a frozen server\n  original: ${original}\n  ours:     ${ours}`);
  return { original, ours };
}

describe('something is left behind', () => {
  it('memory after close()', async () => {
    const execArgv = ['--expose-gc'];
    const { original, ours } = await both('clients that were closed', 'memory', {}, { execArgv });
    expect(original).toBe('20 of 20 clients are kept');
    expect(ours).toBe('0 of 20 clients are kept');
  });

  it('a child process that was started while connected', async () => {
    const { original, ours } = await both('a child process that outlives close()', 'child-process');
    expect(original).toMatch(/^spins/);
    expect(ours).toMatch(/^idle/);
  });

  it('nothing, by close() and process.exit()', async () => {
    const { original, ours } = await both('close() and process.exit()', 'exit');
    for (const path of [original, ours]) {
      expect(path).toMatch(/^\/exit-/);
      expect(await conn.exists(path)).toBeNull();
    }
  });

  it('the session, when init() is called again', async () => {
    const { original, ours } = await both('init() while there is a session', 'init-twice');
    expect(original).toBe('the first session goes on, unattended');
    expect(ours).toBe('the first session is closed');
  });
});
