import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChildWithNames, canHaveNames } from '../support/child-with-names.js';
import { openProxy } from '../support/connections.js';
import { randomOfTest } from '../support/random-of-test.js';
import { startServer } from '../support/server.js';
import { duration } from './scale.js';

const program = fileURLToPath(new URL('./children/names.ts', import.meta.url));

describe.skipIf(!canHaveNames)(
  'nothing is lost, nothing hangs, and every error tells the truth',
  () => {
    it('when no name resolves any more, the connection is lost, and DNS comes back', async () => {
      const random = randomOfTest();
      const proxy = await openProxy((await startServer()).address);
      const servers = proxy.address.replace('127.0.0.1', 'zk.test');
      const seed = String(random.integer(1, 2 ** 30));
      const child = new ChildWithNames(['--import', 'tsx', program, servers, seed]);
      onTestFinished(() => child.kill());
      child.resolveTo('127.0.0.1');
      expect(await child.ask('progress')).toBe('done');
      for (const end = performance.now() + duration(1, 20_000); ; ) {
        child.resolveTo();
        proxy.cut();
        expect(await child.ask('progress')).toBe('done');
        proxy.refuse();
        proxy.cut();
        await sleep(random.integer(0, duration(500, 2000)));
        await proxy.accept();
        expect(await child.ask('progress')).toBe('done');
        child.resolveTo('127.0.0.1');
        expect(await child.ask('progress')).toBe('done');
        if (performance.now() > end) break;
      }
      expect(await child.ask('verify')).toBe('done');
    });
  },
);
