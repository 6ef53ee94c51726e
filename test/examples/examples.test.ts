import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Conn, connect } from 'libzookeeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { startServer, type TestServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

const root = new URL('../../', import.meta.url);
const examples = new URL('examples/', root);
const read = (file: URL): string => readFileSync(file, 'utf8');

/** The most lines that an example has. */
const MOST_LINES = 30;

/** What each example prints, run after run, with patterns for what differs. */
const expected: Record<string, readonly RegExp[]> = {
  'connect-and-read': [
    /^connected to 127\.0\.0\.1:\d+\n7 bytes: Grüße\nversion 0, created \d{4}-.*Z\nin the root: example-read zookeeper\nexists: false\n$/,
  ],
  counter: [/^counted to 30, in (?:3\d|[4-9]\d|\d{3,}) attempts\n$/],
  errors: [
    /^ZNONODE \(-101\) in get: go on\n {2}zookeeper: get "\/example-errors\/missing": no node\n/,
    /^ZNODEEXISTS \(-110\) in create: go on$/m,
    /^ZBADVERSION \(-103\) in set: go on$/m,
    /^ {2}zookeeper: get "example-errors": bad arguments: path must start with a slash$/m,
    /^ZCLOSING \(-116\) in exists: go on$/m,
  ],
  'leader-election': [/^(?:\w+ leads\n){3}$/, /^ada leads$/m, /^grace leads$/m, /^edith leads$/m],
  lock: [/^(?:enter\nleave\n){2}$/],
  membership: [
    /^members: ada grace\nZooKeeper connected; path children changed: \/example-members\nmembers: grace\n.*\nmembers: none\n$/,
  ],
  queue: [/^took wash\ntook dry\ntook fold\n$/],
  'resume-session': [
    /^left: the session waits for the next process\n$/,
    /^resumed: the node is still ours\n$/,
  ],
  transaction: [
    /^ada took \/example-transaction\/running\/wash\ngrace did not: create, ZNODEEXISTS\ngrace did not: check, ZBADVERSION\ngrace took \/example-transaction\/running\/dry\n$/,
  ],
  'watch-config': [
    /^configuration: \{ workers: 1 \}\nconfiguration: \{ workers: 2 \}\nconfiguration: \{ workers: 3 \}\n$/,
  ],
};

const names = readdirSync(examples)
  .filter((name) => name.endsWith('.ts') && name !== 'tour.ts')
  .map((name) => name.slice(0, -'.ts'.length));

let server: TestServer;
let conn: Conn;
beforeAll(async () => {
  server = await startServer();
  conn = await connect(server.address);
});
afterAll(() => conn?.close());

/** Runs an example, which must end well and say nothing on stderr. @returns what it printed */
async function run(name: string, ...args: string[]): Promise<string> {
  const result = await runChild(new URL(`${name}.ts`, examples), [server.address, ...args]);
  expect(result).toMatchObject({ code: 0, signal: null, stderr: '', timedOut: false });
  return result.stdout;
}

describe('an example', () => {
  it('is known to these tests', () => {
    expect(names.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(names)('has 30 lines at most: %s', (name) => {
    const lines = read(new URL(`${name}.ts`, examples))
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
  });

  it.each(names.filter((name) => name !== 'resume-session'))('runs: %s', async (name) => {
    const output = await run(name);
    for (const pattern of expected[name] ?? []) expect(output).toMatch(pattern);
    expect((await conn.children('/')).children).toEqual(['zookeeper']);
  });

  it('runs, and goes on in another process: resume-session', async () => {
    const file = newDirectory();
    const [first, second] = expected['resume-session'] ?? [];
    expect(await run('resume-session', file)).toMatch(first as RegExp);
    expect(await conn.exists('/example-resumed')).not.toBeNull();
    expect(await run('resume-session', file)).toMatch(second as RegExp);
    expect((await conn.children('/')).children).toEqual(['zookeeper']);
  });
});

describe('the README', () => {
  const readme = read(new URL('README.md', root));
  const code = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? '';

  it('has fewer than 150 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThan(150);
  });

  it('has ten lines that work, and print what their comments say', async () => {
    expect(code.trimEnd().split('\n')).toHaveLength(10);
    expect(code).toContain("'127.0.0.1:2181'");
    // Within the package, its own name is enough to import it.
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', code.replace('127.0.0.1:2181', server.address)],
      { cwd: fileURLToPath(root) },
    );
    const comments = [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, said]) => said);
    expect(comments.length).toBeGreaterThan(0);
    expect(stdout.trimEnd().split('\n')).toEqual(comments);
    expect(stderr).toBe('');
  });
});
