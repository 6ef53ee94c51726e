import { type Conn, EventType, type ReconfigChange, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, openOnce, openProxy, openSoon } from '../support/connections.js';
import { asSuperUser, startEnsemble, type TestEnsemble } from '../support/ensemble.js';
import { blackHole, deadAddress, hangUp } from '../support/listener.js';
import { reached, recordStates } from '../support/session-states.js';
import { waitFor } from '../support/wait-for.js';

/** The session stays as it is put: with random moves, no test could say where it is. */
const inOrder = { randomizeServers: false };

let ensemble: TestEnsemble;
let writer: Conn;
let addresses: string[];

beforeAll(async () => {
  ensemble = await startEnsemble();
  addresses = ensemble.members.map(({ address }) => address);
  writer = await openOnce(ensemble.address, asSuperUser);
});

const [first, second, third] = [0, 1, 2].map((index) => () => addresses[index] as string) as [
  () => string,
  () => string,
  () => string,
];

describe('setServers', () => {
  it('moves the session to another server, its watches along', async () => {
    await writer.create('/moving', 'before');
    const conn = await open(first(), inOrder);
    const { id } = conn.clientId;
    const { watch } = await conn.getW('/moving');
    await conn.create('/moving/mine', '', { flags: 1 });
    const states = recordStates(conn);

    await conn.setServers(second());
    await reached(conn, State.CONNECTED);
    expect(conn.currentServer).toBe(second());
    expect(conn.clientId.id).toBe(id);
    expect(states).toEqual([State.CONNECTING, State.CONNECTED]);

    await writer.set('/moving', 'after');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path: '/moving' });
    expect((await conn.get('/moving/mine')).stat.ephemeralOwner).toBe(id);
  });

  it('and a watch sees on the new server a change that was made while it was away', async () => {
    await writer.create('/away', 'before');
    const conn = await open(first(), inOrder);
    const data = (await conn.getW('/away')).watch;
    const children = (await conn.childrenW('/away')).watch;
    const exists = (await conn.existsW('/away/child')).watch;
    await conn.setServers(await deadAddress());
    expect(conn.currentServer).toBeNull();
    await writer.set('/away', 'after');
    await writer.create('/away/child');

    await conn.setServers([third()]);
    expect((await data.receive()).type).toBe(EventType.CHANGED);
    expect((await children.receive()).type).toBe(EventType.CHILD);
    expect((await exists.receive()).type).toBe(EventType.CREATED);
    expect(conn.currentServer).toBe(third());
  });

  it('leaves the connection where it is as long as its server is among them', async () => {
    const conn = await open(ensemble.address, inOrder);
    const states = recordStates(conn);
    expect(conn.currentServer).toBe(first());
    await conn.setServers(`${second()},${first()}`);
    await conn.setServers([third(), first(), await deadAddress()]);
    await conn.setServers(first());
    await conn.sync('/');
    expect(states).toEqual([]);
    expect(conn.currentServer).toBe(first());
  });

  it('goes to the servers that it was told last when the one it stayed with is gone', async () => {
    const conn = await open(`${first()},${second()}`, inOrder);
    await conn.setServers([first(), third()]);
    await ensemble.member(1).kill();
    await waitFor(() => conn.currentServer === third(), { what: 'the session is on the third' });
    await ensemble.member(1).start();
  });

  it('lets every request in flight end, with its answer or with ZCONNECTIONLOSS', async () => {
    await writer.create('/busy', 'x'.repeat(1000));
    const conn = await open(first(), inOrder);
    const codes = new Map<string, number>();
    const count = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);
    const read = () =>
      Promise.all(
        Array.from({ length: 2000 }, () =>
          conn.get('/busy').then(
            () => count('ZOK'),
            (error) => count(error.code),
          ),
        ),
      );
    for (let round = 0; round < 10; round += 1) {
      const reads = read();
      const moved = conn.setServers(round % 2 === 0 ? second() : first());
      await Promise.all([reads, read(), moved]);
      // What is asked for from here on is asked for of the new server.
      expect((await conn.get('/busy')).data).toHaveLength(1000);
    }
    expect([...codes.keys()].sort().join()).toMatch(/^(ZCONNECTIONLOSS,)?ZOK$/);
    expect([...codes.values()].reduce((sum, number) => sum + number)).toBe(40_000);
  });

  it('may be called many times at once: the last word counts', async () => {
    const conn = await open(first(), inOrder);
    await Promise.all([second(), third(), first(), third()].map((one) => conn.setServers(one)));
    await reached(conn, State.CONNECTED);
    await waitFor(() => conn.currentServer === third());
  });

  it('helps a connection that has found no server yet', async () => {
    const conn = openSoon(await deadAddress());
    const data = conn.exists('/').catch(() => null);
    await conn.setServers(second());
    await reached(conn, State.CONNECTED);
    await data;
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('keeps the chroot', async () => {
    await writer.create('/root', '');
    const conn = await open(`${first()}/root`, inOrder);
    const { watch } = await conn.existsW('/below');
    await conn.setServers(second());
    await writer.create('/root/below', '');
    expect(await watch.receive()).toMatchObject({ type: EventType.CREATED, path: '/below' });
    expect(await conn.exists('/below')).not.toBeNull();
  });

  it('follows the ensemble to servers that replaced the ones it knew', async () => {
    const conn = await open(first(), inOrder);
    const fourth = await ensemble.add();
    const { watch } = await conn.configW();
    const change: ReconfigChange = { joining: fourth.specification, leaving: 1 };
    await writer.reconfig(change);
    await watch.receive();
    await conn.setServers([second(), third(), fourth.address]);
    await ensemble.member(1).stop();
    expect(await conn.exists('/')).not.toBeNull();
    expect(conn.currentServer).not.toBe(first());
  });
});

describe('setServers refuses', () => {
  it.each([
    ['', /servers must not be empty/],
    [[], /servers must not be empty/],
    [undefined, /servers must be a string or an array of strings/],
    ['127.0.0.1', /no port/],
    ['127.0.0.1:99999', /port from 1 to 65535/],
    ['127.0.0.1:2181/', /must not have a chroot/],
    ['127.0.0.1:2181/app', /must not have a chroot/],
    [['127.0.0.1:2181', '127.0.0.1:2182/app'], /must not have a chroot/],
  ])('%j, and stays with what it has', async (servers, message) => {
    const conn = await open(second(), inOrder);
    const rejected = conn.setServers(servers as string);
    await expect(rejected).rejects.toMatchObject({ code: 'ZBADARGUMENTS', op: 'setServers' });
    await expect(rejected).rejects.toThrow(message);
    expect(await conn.exists('/')).not.toBeNull();
    expect(conn.currentServer).toBe(second());
  });

  it('hosts that do not resolve, and stays with what it has', async () => {
    const conn = await open(second(), inOrder);
    await expect(conn.setServers('no-such-host.invalid:2181')).rejects.toMatchObject({
      code: 'ZSYSTEMERROR',
      op: 'setServers',
      cause: { syscall: 'getaddrinfo', hostname: 'no-such-host.invalid' },
    });
    expect(await conn.exists('/')).not.toBeNull();
    expect(conn.currentServer).toBe(second());
    // One that does is enough.
    await conn.setServers(`no-such-host.invalid:2181,${third()}`);
    await waitFor(() => conn.currentServer === third());
  });

  it('a connection that was closed, or is closed meanwhile', async () => {
    const conn = await open(second(), inOrder);
    const late = conn.setServers(third()).then(
      () => 'ZOK',
      (error) => error.code,
    );
    await conn.close();
    expect(['ZOK', 'ZCONNECTIONLOSS']).toContain(await late);
    await expect(conn.setServers(second())).rejects.toMatchObject({ code: 'ZCLOSING' });
  });
});

describe('a list of servers', () => {
  it.each([2, 3, 4])('of %i is tried from end to end, with a pause at the end', async (size) => {
    const silent = await Promise.all(Array.from({ length: size - 1 }, () => deadAddress()));
    const conn = await open([...silent, second()].join(), { ...inOrder, sessionTimeout: 6000 });
    expect(conn.currentServer).toBe(second());
    // Lost, it is looked for again, wherever it stands.
    await ensemble.member(2).kill();
    await reached(conn, State.CONNECTING);
    await ensemble.member(2).start();
    await reached(conn, State.CONNECTED);
  });

  it('is not hammered when nobody answers, however many they are', async () => {
    const listeners = await Promise.all([hangUp(), hangUp()]);
    const begin = performance.now();
    const conn = openSoon(listeners.map(({ address }) => address).join(), { sessionTimeout: 6000 });
    await waitFor(() => listeners.every(({ accepted }) => accepted >= 5), {
      what: 'each was tried several times',
    });
    // A sixtieth of the session's timeout after each round.
    expect(performance.now() - begin).toBeGreaterThan(150);
    const [one = 0, other = 0] = listeners.map(({ accepted }) => accepted);
    expect(Math.abs(one - other)).toBeLessThanOrEqual(2);
    expect(conn.state).not.toBe(State.CONNECTED);
  });

  it('with servers that accept and say nothing costs no session: each has its share of time', async () => {
    const listeners = await Promise.all([blackHole(), blackHole()]);
    const proxy = await openProxy(second());
    const servers = [proxy.address, ...listeners.map(({ address }) => address)].join();
    const conn = await open(servers, { ...inOrder, sessionTimeout: 4500 });
    const { id } = conn.clientId;
    proxy.cut();
    // Two thirds of the timeout for each of the silent ones would be more than the session has.
    await reached(conn, State.CONNECTING);
    await reached(conn, State.CONNECTED);
    expect(listeners.map(({ accepted }) => accepted)).toEqual([1, 1]);
    expect(conn.clientId.id).toBe(id);
  });
});
