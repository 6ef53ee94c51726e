import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../bench/build/run.js';
import { startChild } from '../support/child.js';
import { startServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

const at = (name: string) => new URL(`./children/${name}`, import.meta.url);

// The C client polls a socket once more in the turn of its loop in which it has closed it, since the server did not answer in
// time. The port layer then sent what was unsent, and read, by its number: ThreadSanitizer saw it meet a file of Node.js's.
it.runIf(process.platform === 'linux')(
  'a connection that is lost touches no file that has the number of its socket by then',
  async () => {
    const server = await startServer();
    const library = `${newDirectory()}.so`;
    const source = fileURLToPath(at('reused-descriptor.c'));
    await run(process.env['CC'] ?? 'cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
    const child = startChild(at('reused-descriptor.mjs'), [server.address], {
      env: { LD_PRELOAD: library },
    });
    await child.output(/connected/);
    await server.pause();
    child.write('go\n');
    const { code, stdout, stderr } = await child.done;
    await server.resume();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout.replace('connected\n', ''))).toEqual({ written: 0, read: 0 });
  },
);
