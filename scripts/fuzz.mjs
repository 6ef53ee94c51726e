/**
 * `npm run fuzz -- [TARGET ...] [--runs N | --seconds N] [--coverage]`: set-up, the C client, then libFuzzer over the targets
 * of test/fuzz, each on top of the inputs that are kept in test/fuzz/corpus and of what earlier runs on this machine found.
 * Ends at the first input that fails, and prints it as test/fuzz/corpus has it. With --coverage it fuzzes nothing, and prints
 * how much of what is fuzzed those inputs come through.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { compileTarget, coverage, fuzzing } from './fuzz/compile.mjs';
import { unpackCorpus } from './fuzz/corpus.mjs';
import { targets } from './fuzz/targets.mjs';
import { setUp } from './setup.mjs';
import { at } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { Failure, main, step } from './support/step.mjs';
import { fuzzingNeeds } from './system/needs.mjs';

const corpusOf = (name) => at('build/fuzz/corpus', name);

/** One of the numbers that libFuzzer prints at the end. */
const number = (text, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0);

/** A target that does less does not compute: something in it waits for what the fuzzer never does. */
const LEAST_PER_SECOND = 100;

/** Fuzzes one target. @returns what it took, for the table */
async function fuzz(name, limits) {
  const program = await compileTarget(name, fuzzing);
  const corpus = corpusOf(name);
  unpackCorpus(name, corpus);
  const artifacts = at('build/fuzz/failures', name);
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });
  const { stderr, status } = spawnSync(
    program,
    [
      ...limits,
      // Memory that was freed is kept from use for a while, which is memory that is not leaked.
      ...['-rss_limit_mb=2048', '-print_final_stats=1', `-artifact_prefix=${artifacts}/`, corpus],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  if (status !== 0) {
    const failed = readdirSync(artifacts).map((file) => readFileSync(join(artifacts, file), 'hex'));
    throw new Failure(`${stderr.slice(-6000)}\nthe input: ${failed.join('\n')}`);
  }
  const executions = number(stderr, 'number_of_executed_units');
  const perSecond = number(stderr, 'average_exec_per_sec');
  // What takes less than ten seconds, as a few --runs do, says nothing.
  if (perSecond < LEAST_PER_SECOND && executions > 10 * perSecond) {
    throw new Failure(`no more than ${perSecond} executions a second: it waits for something`);
  }
  const edges = [...stderr.matchAll(/cov: (\d+)/g)].at(-1)?.[1] ?? '0';
  return {
    target: name,
    executions,
    'executions/s': perSecond,
    inputs: readdirSync(corpus).length,
    edges: Number(edges),
    'peak MiB': number(stderr, 'peak_rss_mb'),
    failures: 0,
  };
}

/** Prints how much of its sources a target's inputs come through. */
async function report(name) {
  const program = await compileTarget(name, coverage);
  unpackCorpus(name, corpusOf(name));
  const inputs = readdirSync(corpusOf(name)).map((file) => join(corpusOf(name), file));
  const raw = join(coverage.directory, `${name}.profraw`);
  const data = join(coverage.directory, `${name}.profdata`);
  await run(program, inputs, { quiet: true, env: { ...process.env, LLVM_PROFILE_FILE: raw } });
  await run('llvm-profdata', ['merge', '-sparse', raw, '-o', data], { quiet: true });
  const sources = targets[name].sources().filter((source) => !source.includes('test/fuzz'));
  await run('llvm-cov', ['report', program, `-instr-profile=${data}`, ...sources]);
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      seconds: { type: 'string' },
      coverage: { type: 'boolean', default: false },
    },
  });
  const names = positionals.length === 0 ? Object.keys(targets) : positionals;
  const unknown = names.find((name) => targets[name] === undefined);
  if (unknown !== undefined) {
    throw new Failure(`no target ${unknown}: there are ${Object.keys(targets).join(', ')}`);
  }
  for (const [option, value] of Object.entries(values)) {
    if (typeof value === 'string' && !/^[1-9]\d*$/.test(value)) {
      throw new Failure(`--${option} must be a whole number above 0, not ${value}`);
    }
  }
  const limits =
    values.runs === undefined
      ? [`-max_total_time=${values.seconds ?? 60}`]
      : [`-runs=${values.runs}`];
  await setUp(fuzzingNeeds);
  await build(['deps']);
  if (values.coverage) {
    for (const name of names) await step(name, () => report(name));
    return;
  }
  const rows = [];
  for (const name of names) rows.push(await step(name, () => fuzz(name, limits)));
  console.table(rows);
});
