/**
 * What every runtime has to be able to do, in a project that has the package installed:
 * `smoke.mjs ADDRESS`. Says what it did, a line each; the process ends by itself.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { CreateFlag, connect, dial, ErrorCode, isError, State, ZooKeeperError } from 'libzookeeper';

const address = process.argv[2];
const root = `/smoke-${process.pid}`;

const checks = {
  async 'the ten lines of the README'() {
    const conn = await connect(address);
    await conn.create('/greeting', 'hello');
    const { data, watch } = await conn.getW('/greeting', { encoding: 'utf8' });
    await conn.set('/greeting', 'goodbye');
    assert.equal(
      `${data}; ${await watch.receive()}`,
      'hello; ZooKeeper connected; path changed: /greeting',
    );
    await conn.delete('/greeting');
    await conn.close();
  },

  async 'require() gives the same'() {
    const { ZooKeeperError: required } = createRequire(import.meta.url)('libzookeeper');
    assert.equal(required, ZooKeeperError);
  },

  async 'bytes of all kinds, empty and null'() {
    const conn = await connect(address);
    const large = Buffer.alloc(600_000, 7);
    for (const data of [Buffer.from([0, 255, 128]), Buffer.alloc(0), null, large]) {
      await conn.create(root, data);
      // A node without data reads as one of no bytes.
      assert.deepEqual((await conn.get(root)).data, data ?? Buffer.alloc(0));
      await conn.delete(root);
    }
    await conn.close();
  },

  async 'a thousand requests at a time, answered in order'() {
    const conn = await connect(address);
    await conn.create(root, '');
    const seen = [];
    const sets = Array.from({ length: 1000 }, (_, index) =>
      conn.set(root, String(index)).then(() => seen.push(index)),
    );
    await Promise.all(sets);
    assert.deepEqual(
      seen,
      Array.from({ length: 1000 }, (_, index) => index),
    );
    assert.equal((await conn.get(root, { encoding: 'utf8' })).data, '999');
    await conn.delete(root);
    await conn.close();
  },

  async 'errors with codes, and bad arguments refused'() {
    const conn = await connect(address);
    await assert.rejects(conn.get('/not/there'), (error) => isError(error, ErrorCode.ZNONODE));
    await assert.rejects(
      async () => conn.get('no slash'),
      (error) => error.code === 'ZBADARGUMENTS',
    );
    await conn.close();
    assert.throws(
      () => dial('127.0.0.1:99999'),
      (error) => error.code === 'ZBADARGUMENTS',
    );
  },

  async retryChange() {
    const conn = await connect(address);
    for (let turn = 0; turn < 3; turn += 1) {
      await conn.retryChange(root, (data) => `${data}x`);
    }
    assert.equal((await conn.get(root, { encoding: 'utf8' })).data, 'xxx');
    await conn.delete(root);
    await conn.close();
  },

  async 'TLS, or an error that says why there is none'() {
    const open = () => dial('127.0.0.1:1', { tls: { rejectUnauthorized: false } });
    // Bun and Deno have no OpenSSL that an addon could use.
    if (process.versions.bun ?? process.versions.deno)
      assert.throws(open, (error) => /OpenSSL 3 of Node\.js/.test(`${error.cause}`));
    else await open().close();
  },

  async 'a session that outlives a busy event loop'() {
    const conn = await connect(address, { sessionTimeout: 1000 });
    await conn.create(root, '', { flags: CreateFlag.EPHEMERAL });
    const end = Date.now() + 2500;
    while (Date.now() < end);
    assert.ok(await conn.exists(root));
    assert.equal(conn.state, State.CONNECTED);
    await conn.delete(root);
    await conn.close();
  },
};

const only = process.argv.slice(3);
for (const [name, check] of Object.entries(checks)) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  await check();
  console.log(`ok ${name}`);
}
