/** Child processes: run to their end, found out about, never through a shell. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants as modes } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { colour, Failure } from './step.mjs';

/** The environment of a child, which is to use colour only where we do. */
function withOurColour({ FORCE_COLOR: _, ...env }) {
  return colour ? env : { ...env, NO_COLOR: '1' };
}

/** Leaves signals to a child in the foreground: waits for it after Ctrl-C, and hands SIGTERM on. */
function leaveSignalsTo(child) {
  const ignore = () => {};
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', ignore);
  process.on('SIGTERM', forward);
  child.on('close', () => {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  });
}

/**
 * Runs a command to its end. Its output goes where ours goes; with `quiet` it is held back, and
 * shown only when the command fails. Resolves with the exit code if `check` is false, else rejects
 * with a {@link Failure} for any but 0.
 */
export function run(command, args, options = {}) {
  const {
    cwd = root,
    env = process.env,
    quiet = false,
    check = true,
    foreground = false,
  } = options;
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, env: withOurColour(env), stdio });
    if (foreground) leaveSignalsTo(child);
    const held = [];
    child.stdout?.on('data', (chunk) => held.push(chunk));
    child.stderr?.on('data', (chunk) => held.push(chunk));
    child.on('error', (error) => {
      reject(new Failure(`cannot run ${command}: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      const status = code ?? 128 + (constants.signals[signal] ?? 0);
      if (status === 0 || !check) {
        resolve(status);
        return;
      }
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const said = Buffer.concat(held).toString('utf8').trimEnd();
      reject(new Failure(`${said}${said && '\n'}failed (${how}): ${[command, ...args].join(' ')}`));
    });
  });
}

/** What a command prints on either stream, or undefined if it cannot be run or fails. */
export function output(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return done.status === 0 ? `${done.stdout}${done.stderr}` : undefined;
}

/** Whether the command is on the PATH. */
export function have(command) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, command), modes.X_OK);
      return directory !== '';
    } catch {
      return false;
    }
  });
}
