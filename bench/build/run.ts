import { spawn } from 'node:child_process';
import { root } from '../paths.js';

/** A command that did not work, and what it said. */
export class CommandError extends Error {
  /** What it printed, on either stream. */
  readonly said: string;

  constructor(command: readonly string[], status: string, said: string) {
    super(`${command.join(' ')}: ${status}\n${said}`);
    this.said = said;
  }
}

/**
 * Runs a command to its end, without a shell.
 *
 * @returns what it printed on standard output
 * @throws CommandError for any exit code but 0
 */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const { cwd = root, env = process.env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', (error) => reject(new CommandError([command, ...args], error.message, '')));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError([command, ...args], `${signal ?? code}`, output + errors));
    });
  });
}
