import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url);

/** A page of `docs/`, as it is written. */
export function readPage(name: string): string {
  return readFileSync(new URL(`docs/${name}`, root), 'utf8');
}

/**
 * Runs the JavaScript of a page as one program, against a server in the place of the one that it names.
 *
 * @returns what it printed, what the comments behind its `console.log` say, and what it had to complain of
 */
export async function runPage(
  name: string,
  address: string,
): Promise<{ printed: string[]; announced: string[]; stderr: string }> {
  const blocks = readPage(name).matchAll(/^```js\n(.*?)^```$/gms);
  const code = [...blocks].map(([, block]) => block).join('\n');
  if (!code.includes("'127.0.0.1:2181'")) throw new Error(`${name} names no server`);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', code.replace('127.0.0.1:2181', address)],
    { cwd: fileURLToPath(root) },
  );
  const comments = code.matchAll(/console\.log\(.*\/\/ (.*)$/gm);
  return {
    printed: stdout.trimEnd().split('\n'),
    announced: [...comments].map(([, said]) => said as string),
    stderr,
  };
}
