import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { patiently } from './patience.js';

/** How a child ended, and what it said. */
export interface ChildResult {
  /** Null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Whether it had to be killed since it ran for too long. */
  timedOut: boolean;
  /** How long it ran, in ms. */
  elapsed: number;
}

export interface ChildOptions {
  /** After this many ms (`patience.ts`) it is killed; 30 000 without it. */
  timeout?: number;
  /** Variables over those of this process; undefined removes one. */
  env?: Record<string, string | undefined>;
  /** Options for Node.js itself, such as `--expose-gc`. */
  execArgv?: readonly string[];
  /** How many descriptors it may have. */
  descriptors?: number;
}

/** A Node.js process of a test's, for what is about the life of a process. */
export class Child {
  readonly pid: number;
  /** Settles when it has ended and all its output is there; rejects only if it cannot be run. */
  readonly done: Promise<ChildResult>;
  stdout = '';
  stderr = '';

  readonly #process: ChildProcess;
  #timedOut = false;

  constructor(script: string | URL, args: readonly string[], options: ChildOptions) {
    const path = script instanceof URL ? fileURLToPath(script) : script;
    const loader = path.endsWith('.ts') ? ['--import', tsx()] : [];
    const started = performance.now();
    const argv = [...(options.execArgv ?? []), ...loader, path, ...args];
    // Under valgrind a program that starts Node.js in it.
    const node = process.env['LIBZOOKEEPER_TEST_CHILD_NODE'] ?? process.execPath;
    // A shell sets the limit, and is then replaced.
    const limit = `ulimit -n ${options.descriptors} && exec "$0" "$@"`;
    const [command, first] =
      options.descriptors === undefined ? [node, []] : ['/bin/sh', ['-c', limit, node]];
    const child = spawn(command, [...first, ...argv], {
      env: { ...process.env, ...options.env },
      stdio: 'pipe',
    });
    this.#process = child;
    this.pid = child.pid ?? 0;
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      child.emit('output');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    const timer = setTimeout(
      () => {
        this.#timedOut = true;
        child.kill('SIGKILL');
      },
      patiently(options.timeout ?? 30_000),
    );
    // A grandchild may hold the streams open for longer than the child lives.
    child.once('exit', () => {
      clearTimeout(timer);
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 1000).unref();
    });
    this.done = once(child, 'close').then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
      stdout: this.stdout,
      stderr: this.stderr,
      timedOut: this.#timedOut,
      elapsed: performance.now() - started,
    }));
    // It may be looked at later than it fails.
    this.done.catch(() => {});
  }

  /** Waits for output that matches; rejects when the child ends without it. */
  async output(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match !== null) return match;
      const ended = await Promise.race([once(this.#process, 'output').then(() => null), this.done]);
      if (ended !== null && !pattern.test(this.stdout)) {
        throw new Error(`the child ended without ${pattern}: ${JSON.stringify(ended)}`);
      }
    }
  }

  /** Writes to its standard input. */
  write(text: string): void {
    this.#process.stdin?.write(text);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#process.kill(signal);
  }
}

/** Starts a script, JavaScript or TypeScript, in a process of its own. */
export function startChild(
  script: string | URL,
  args: readonly string[] = [],
  options: ChildOptions = {},
): Child {
  return new Child(script, args, options);
}

/** Runs a script, JavaScript or TypeScript, in a process of its own, to its end. */
export function runChild(
  script: string | URL,
  args: readonly string[] = [],
  options: ChildOptions = {},
): Promise<ChildResult> {
  return startChild(script, args, options).done;
}

function tsx(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
