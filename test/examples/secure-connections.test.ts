import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from 'libzookeeper';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { deadAddress } from '../support/listener.js';
import { startServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

/*
 * docs/secure-connections.md, as a reader would follow it, but on ports that are free.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/secure-connections.md'), 'utf8');

/** The blocks of the page in a language. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block]) => block as string,
  );

/** The settings of a block of zoo.cfg. */
const settings = (block: string): Record<string, string> =>
  Object.fromEntries(
    block
      .split('\n')
      .filter((line) => /^[^#]/.test(line))
      .map((line) => line.split('=', 2) as [string, string]),
  );

const port = async (): Promise<string> => (await deadAddress()).replace(/.*:/, '');

let directory: string;
let ports: { plain: string; secure: string };

/** Runs the program of the page that begins with this name, where the page has it. */
async function runProgram(name: string): Promise<string> {
  const program = blocks('ts').find((block) => block.startsWith(`// ${name}\n`)) ?? '';
  const path = join(directory, name);
  const own = program.replaceAll('2181', ports.plain).replaceAll('2281', ports.secure);
  writeFileSync(path, `process.chdir(${JSON.stringify(directory)});\n${own}`);
  const result = await runChild(path);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return result.stdout;
}

beforeAll(async () => {
  directory = newDirectory();
  ports = { plain: await port(), secure: await port() };
  mkdirSync(join(directory, 'node_modules'), { recursive: true });
  symlinkSync(root, join(directory, 'node_modules/libzookeeper'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const commands = join(directory, 'make.sh');
  writeFileSync(commands, blocks('bash').join('\n'));
  execFileSync('bash', ['-e', commands], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
});

afterAll(async () => {
  await (await Server.attach(join(directory, 'zookeeper'))).destroy();
});

it('a server and a client speak TLS with the certificates that the page makes', async () => {
  expect(await runProgram('server.ts')).toMatch(/^serving /);
  expect(await runProgram('client.ts')).toBe('for ada only\n');
});

it('the settings of the zoo.cfg are those that the server was started with', () => {
  const [tls] = blocks('properties').map(settings);
  const program = blocks('ts').find((block) => block.startsWith('// server.ts')) ?? '';
  for (const [name, value] of Object.entries(tls as Record<string, string>)) {
    const given = new RegExp(`^ +'?${name}'?: (?:resolve\\()?'?${value}'?\\)?,$`, 'm');
    expect(program).toMatch(given);
  }
});

it('a server and a client authenticate with the names that the page has', async () => {
  const jaas = join(directory, 'jaas.conf');
  writeFileSync(jaas, blocks('jaas').join(''));
  const server = await startServer({
    zooCfg: settings(blocks('properties')[1] as string),
    jvmProperties: { 'java.security.auth.login.config': jaas },
  });
  ports.plain = String(server.port);
  expect(await runProgram('sasl-client.ts')).toBe('for ada only\n');
});
