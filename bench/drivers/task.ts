/** What a driver does: see {@link Task.scenario}. */
export type ScenarioKind = 'throughput' | 'latency' | 'watch-memory' | 'watch-return';

/** An operation that is measured. */
export type OperationName = 'get' | 'set' | 'exists' | 'create' | 'children' | 'multi';

/** What one run of one driver is told to do. The drivers in C and TypeScript take the same words: `name=value`. */
export interface Task {
  readonly scenario: ScenarioKind;
  readonly operation: OperationName;
  readonly address: string;
  /** The node; for watches the beginning of their paths, a number follows. */
  readonly path: string;
  /** How many requests are in flight. */
  readonly depth: number;
  /** How many bytes of data a `set`, a `create` or each operation of a `multi` carries. */
  readonly size: number;
  /** How many watches. */
  readonly count: number;
  /** How long to make requests before measuring begins, and then while measuring; in milliseconds. */
  readonly warmUp: number;
  readonly duration: number;
  /** How many connections share what is in flight; 1 unless given. The driver in C has no more than one. */
  readonly connections?: number;
  /** The path of the authority's certificate, where the server speaks TLS. */
  readonly ca?: string;
}

/** What a driver says: a line of JSON each. */
export type Message =
  | ({ readonly event: 'result' } & Readonly<Record<string, number | 'result'>>)
  /** The watches are set: the connection may be cut. */
  | { readonly event: 'watching' }
  /** The client has no such operation. */
  | { readonly event: 'unsupported'; readonly why: string };

/** A task as arguments. */
export function taskArguments(task: Task): string[] {
  return Object.entries(task).map(([name, value]) => `${name}=${value}`);
}

const numbers = ['depth', 'size', 'count', 'warmUp', 'duration', 'connections'];

/** A task from arguments. */
export function parseTask(args: readonly string[]): Task {
  const entries = args.map((argument) => {
    const at = argument.indexOf('=');
    const name = argument.slice(0, at);
    const value = argument.slice(at + 1);
    return [name, numbers.includes(name) ? Number(value) : value];
  });
  return Object.fromEntries(entries) as unknown as Task;
}

/** Says something to the process that runs the driver. */
export function say(message: Message): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
