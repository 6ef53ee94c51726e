import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newDirectory } from './workspace.js';

/** Whether there can be one: where a user may have no mount namespace of his own, there is none. */
export const canHaveNames =
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;

/**
 * A child process for which the test says what names resolve to: a file of the test's stands in the place of /etc/hosts, for that
 * process only, in a mount namespace of its own. It takes words on its input, a command a line, and answers each with
 * `command: result`.
 */
export class ChildWithNames {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #hosts: string;
  /** What it said besides answers. */
  readonly remarks: string[] = [];

  /** @param args - of Node.js: the program, and what it is given */
  constructor(args: readonly string[]) {
    const directory = newDirectory();
    mkdirSync(directory);
    this.#hosts = join(directory, 'hosts');
    const order = join(directory, 'nsswitch.conf');
    writeFileSync(this.#hosts, '');
    writeFileSync(order, 'hosts: files\n');
    const mounts = `mount --bind ${this.#hosts} /etc/hosts && mount --bind ${order} /etc/nsswitch.conf`;
    const script = [`${mounts} && exec "$@"`, 'sh', process.execPath, ...args];
    const namespace = ['--user', '--map-root-user', '--mount'];
    this.#process = spawn('unshare', [...namespace, 'sh', '-c', ...script]);
    this.#process.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** What `zk.test` is from now on; nothing for an outage. */
  resolveTo(...addresses: string[]): void {
    writeFileSync(this.#hosts, addresses.map((address) => `${address} zk.test\n`).join(''));
  }

  /** Has it carry out a command. @returns the result */
  async ask(...words: string[]): Promise<string> {
    this.#process.stdin.write(`${words.join(' ')}\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`the child ended before it answered ${words[0]}`);
      const answer = String(value);
      if (answer.startsWith(`${words[0]}: `)) return answer.slice(`${words[0]}: `.length);
      this.remarks.push(answer);
    }
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
