import {
  type Conn,
  ErrorCode,
  EventType,
  isError,
  parseConfig,
  type ReconfigChange,
  State,
} from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { asSuperUser, startEnsemble, type TestEnsemble } from '../support/ensemble.js';
import { patiently } from '../support/patience.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

describe('an ensemble is reconfigured', () => {
  let ensemble: TestEnsemble;
  beforeAll(async () => {
    ensemble = await startEnsemble();
  });

  const openAs = (options = asSuperUser, chroot = '') => open(ensemble.address + chroot, options);

  /**
   * The configuration as a connection sees it, once the server that it is to has caught up. One whose part changes may let go of
   * its connections.
   */
  const seenBy = (conn: Conn) =>
    waitFor(async () => {
      await conn.sync('/');
      return parseConfig((await conn.config()).data);
    });
  /** Changes the configuration, once the servers concerned have caught up with the change before. */
  const settled = async (conn: Conn, change: ReconfigChange, expected: number[]) => {
    await waitFor(
      () =>
        conn.reconfig(change).then(
          () => true,
          (error) => {
            if (isError(error, ErrorCode.ZBADARGUMENTS)) throw error;
            return false;
          },
        ),
      { what: `the change to ${expected}`, timeout: 20_000 },
    );
    expect(await ids(conn)).toEqual(expected);
  };
  const ids = async (conn: Conn) => (await seenBy(conn)).members.map(({ id }) => id);

  it('from what config() says: its members, and a version', async () => {
    const conn = await openAs({});
    const { data, stat } = await conn.config();
    const { members, version } = parseConfig(data);
    expect(members.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(members.map(({ clientHost, clientPort }) => `${clientHost}:${clientPort}`)).toEqual(
      ensemble.members.map(({ address }) => address),
    );
    expect(version).toBeGreaterThan(0n);
    expect(stat.dataLength).toBe(data.length);
  });

  it(
    'by servers that join, leave, take the place of others, and change their role',
    async () => {
      const conn = await openAs();
      const watched = await openAs();
      const fourth = await ensemble.add();
      const third = ensemble.member(3);
      const { watch } = await watched.configW();
      expect(watch).toMatchObject({ path: '/zookeeper/config', kind: 'data', closed: false });

      const joined = parseConfig((await conn.reconfig({ joining: fourth.specification })).data);
      expect(joined.members.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
      expect(joined.members[3]).toMatchObject({ id: 4, role: 'participant' });
      expect(await watch.receive()).toMatchObject({
        type: EventType.CHANGED,
        state: State.CONNECTED,
        path: '/zookeeper/config',
      });
      expect(await ids(await open(fourth.address))).toEqual([1, 2, 3, 4]);

      // By version: to what was seen, and nothing else.
      const left = parseConfig(
        (await conn.reconfig({ leaving: [4], version: joined.version })).data,
      );
      expect(left.members.map(({ id }) => id)).toEqual([1, 2, 3]);
      expect(left.version).toBeGreaterThan(joined.version);
      await expect(conn.reconfig({ leaving: 3, version: joined.version })).rejects.toMatchObject({
        code: 'ZBADVERSION',
        op: 'reconfig',
      });
      expect(await ids(conn)).toEqual([1, 2, 3]);

      await settled(conn, { joining: [fourth.specification], leaving: '3' }, [1, 2, 4]);
      const all = [1, 2, 3, 4].map((id) => ensemble.member(id).specification);
      await settled(conn, { members: all }, [1, 2, 3, 4]);
      await settled(
        conn,
        { joining: third.specification.replace('participant', 'observer') },
        [1, 2, 3, 4],
      );
      expect((await seenBy(conn)).members[2]).toMatchObject({ id: 3, role: 'observer' });
      await settled(conn, { joining: third.specification }, [1, 2, 3, 4]);
      await settled(conn, { leaving: 4 }, [1, 2, 3]);
    },
    patiently(60_000),
  );

  it('not to one without a quorum: ZNEWCONFIGNOQUORUM', async () => {
    const conn = await openAs();
    const before = await ids(conn);
    const absent = ['server.8=127.0.0.1:1:2:participant;127.0.0.1:3'];
    absent.push('server.9=127.0.0.1:4:5:participant;127.0.0.1:6');
    const members = [ensemble.member(1).specification, ...absent];
    await expect(conn.reconfig({ members })).rejects.toMatchObject({ code: 'ZNEWCONFIGNOQUORUM' });
    expect(await ids(conn)).toEqual(before);
  });

  it('not while another change is under way: ZRECONFIGINPROGRESS', async () => {
    const conn = await openAs();
    const change = { joining: ensemble.member(1).specification };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => conn.reconfig(change)),
    );
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'ZOK' : outcome.reason.code,
    );
    expect(codes).toContain('ZRECONFIGINPROGRESS');
    expect(codes).toContain('ZOK');
  });

  it('not by one who may not: ZNOAUTH', async () => {
    const conn = await openAs({});
    await expect(conn.reconfig({ leaving: 3 })).rejects.toMatchObject({ code: 'ZNOAUTH' });
  });

  describe('below a chroot', () => {
    // Of `/zookeeper/config` the C client would leave `ookeeper/config`, `/config`, and all of it.
    it.each(['/z', '/zookeeper', '/some/where'])('like %s, as elsewhere', async (chroot) => {
      const root = await openAs();
      for (const path of ['/z', '/some', '/some/where']) await root.create(path).catch(() => '');
      const conn = await openAs(asSuperUser, chroot);
      expect((await conn.config()).data).toEqual((await root.config()).data);

      const { watch, data } = await conn.configW();
      const cancelled = (await conn.configW()).watch;
      const other = (await conn.configW()).watch;
      await cancelled.cancel();
      const { members } = parseConfig(data);
      await conn.reconfig({ joining: ensemble.member(members[0]?.id ?? 0).specification });
      for (const each of [watch, other]) {
        expect(await each.receive()).toMatchObject({
          type: EventType.CHANGED,
          path: '/zookeeper/config',
        });
      }
      expect(cancelled.closed).toBe(true);
    });

    it("keeps a node's watch and that of the configuration apart", async () => {
      const root = await openAs();
      await root.create('/app');
      await root.create('/app/zookeeper');
      await root.create('/app/zookeeper/config');
      const conn = await openAs(asSuperUser, '/app');
      const node = (await conn.getW('/zookeeper/config')).watch;
      const config = (await conn.configW()).watch;
      await conn.set('/zookeeper/config', 'mine');
      expect((await node.receive()).path).toBe('/zookeeper/config');
      expect(config.closed).toBe(false);
      await conn.reconfig({ joining: ensemble.member(1).specification });
      expect((await config.receive()).type).toBe(EventType.CHANGED);
    });

    it('and a cancelled watch of the node in question takes no other along', async () => {
      const conn = await openAs(asSuperUser, '/zookeeper');
      const config = (await conn.configW()).watch;
      const node = (await conn.getW('/config')).watch;
      await node.cancel();
      await conn.reconfig({ joining: ensemble.member(1).specification });
      expect((await config.receive()).type).toBe(EventType.CHANGED);
    });
  });

  it('and a watch for it survives the loss of its server', async () => {
    const conn = await openAs();
    const { watch } = await conn.configW();
    const members = await ids(conn);
    const server = ensemble.at(conn.currentServer);
    await server.kill();
    await waitFor(() => conn.state === State.CONNECTED && conn.currentServer !== server.address, {
      what: 'the connection is to another server',
    });
    await settled(conn, { joining: ensemble.member(1).specification }, members);
    expect((await watch.receive()).type).toBe(EventType.CHANGED);
  });
});

describe('a server without dynamic reconfiguration', () => {
  it('says so: ZRECONFIGDISABLED', async () => {
    const ensemble = await startEnsemble({ size: 1, zooCfg: { reconfigEnabled: false } });
    const conn = await open(ensemble.address, asSuperUser);
    await expect(conn.reconfig({ leaving: 1 })).rejects.toMatchObject({
      code: 'ZRECONFIGDISABLED',
    });
  });

  it('has an empty configuration when it is on its own', async () => {
    const server = await startServer();
    const conn = await open(server.address);
    expect(parseConfig((await conn.config()).data)).toEqual({
      version: 0n,
      members: [],
      other: {},
    });
  });
});

describe('arguments of reconfig', () => {
  it('are validated at the call', async () => {
    const server = await startServer();
    const conn = await open(server.address);
    const one = 'server.1=a:1:2:participant;b:3';
    const wrong: [unknown, RegExp][] = [
      [undefined, /the change must be an object/],
      ['server.1', /the change must be an object/],
      [{}, /one of joining, leaving and members/],
      [{ joining: [] }, /joining must not be an empty array/],
      [{ joining: 'x' }, /joining: "x" is not a server/],
      [{ joining: `${one},` }, /joining: "" is not a server/],
      [{ joining: `${one}\nserver.2=a:1:2` }, /joining: .* is not a server/],
      [{ joining: [`${one},${one}`] }, /joining: .* is not a server/],
      [{ joining: 1 }, /joining must be a string or an array, not of 1/],
      [{ leaving: 1.5 }, /leaving: "1.5" is not a number of a server/],
      [{ leaving: '' }, /leaving: "" is not a number/],
      [{ leaving: [null] }, /leaving must be a string or an array, not of null/],
      [{ members: one, leaving: 1 }, /members names all servers/],
      [{ leaving: 1, version: 1.5 }, /version must be an integer/],
      [{ leaving: 1, version: 2n ** 63n }, /version must be an integer/],
      [{ leaving: 1, version: '1' }, /version must be an integer .* not a string/],
    ];
    for (const [change, message] of wrong) {
      const rejected = conn.reconfig(change as { leaving: number });
      await expect(rejected).rejects.toMatchObject({ code: 'ZBADARGUMENTS', op: 'reconfig' });
      await expect(rejected).rejects.toThrow(message);
    }
  });

  it('include a signal', async () => {
    const server = await startServer();
    const conn = await open(server.address);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(conn.reconfig({ leaving: 1 }, { signal })).rejects.toBe(reason);
    await expect(conn.config({ signal })).rejects.toBe(reason);
    await expect(conn.configW({ signal })).rejects.toBe(reason);
  });
});
