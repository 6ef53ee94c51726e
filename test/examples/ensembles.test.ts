import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/ensembles.md'), 'utf8');

/** The program of the page that has this in it. */
function block(words: string): string {
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text as string);
  return blocks.find((text) => text.includes(words)) ?? expect.unreachable(`no block: ${words}`);
}

it('docs/ensembles.md: an ensemble for tests, and a client that follows it', async () => {
  const directory = newDirectory();
  mkdirSync(join(directory, 'node_modules'), { recursive: true });
  symlinkSync(root, join(directory, 'node_modules/libzookeeper'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const program = [
    "import { parseConfig, ZooKeeperError } from 'libzookeeper';",
    block('Ensemble.create').replace('/tmp/zk-ensemble', join(directory, 'ensemble')),
    // It goes on until the session ends: while it waits for the next change.
    block('conn.configW()').replace(
      'const event =',
      'setImmediate(() => conn[Symbol.asyncDispose]());\n    const event =',
    ),
    'console.log(conn.state);',
  ].join('\n');
  const path = join(directory, 'ensembles.ts');
  writeFileSync(path, program);
  const result = await runChild(path, [], { timeout: 60_000 });
  expect(result).toMatchObject({ code: 0, stderr: '' });
}, 90_000);
