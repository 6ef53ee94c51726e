import type { OperationName, ScenarioKind } from './drivers/task.js';
import { CHILDREN, LARGE, nodes, SMALL } from './nodes.js';
import type { Target } from './targets/target.js';

/** Something that is measured. */
export interface Metric {
  /** Its name in what drivers say. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Whether more of it is better, or less. */
  readonly better: 'more' | 'less';
}

/** What clients are put through. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly kind: ScenarioKind;
  readonly operation: OperationName;
  readonly path: string;
  readonly size: number;
  /** How many requests in flight, or the depth that the bench was told. */
  readonly depth: number | 'given';
  readonly metrics: readonly Metric[];
  readonly targets: readonly Target['id'][];
}

const throughputMetrics: readonly Metric[] = [
  { id: 'opsPerSecond', title: 'operations', unit: '/s', better: 'more' },
  { id: 'cpuPerOp', title: 'CPU', unit: 'µs/op', better: 'less' },
  { id: 'waitsPerOp', title: 'waits of a thread', unit: '/op', better: 'less' },
];

const latencyMetrics: readonly Metric[] = [
  { id: 'p50', title: 'p50', unit: 'µs', better: 'less' },
  { id: 'p99', title: 'p99', unit: 'µs', better: 'less' },
];

const loopMetric: Metric = {
  id: 'loopDelayP99',
  title: 'event loop delay, p99',
  unit: 'ms',
  better: 'less',
};

const both = ['stub', 'server'] as const;
const all = [...both, 'tls'] as const;

function throughput(
  id: string,
  title: string,
  operation: OperationName,
  path: string,
  others: Partial<Scenario> = {},
): Scenario {
  const kind = 'throughput';
  const metrics = throughputMetrics;
  return {
    ...{ id, title, kind, operation, path, metrics },
    ...{ size: SMALL, depth: 'given', targets: both, ...others },
  };
}

/** Replies of 20 KiB and more fill the sockets' buffers long before there are hundreds in flight. */
const DEPTH_OF_LARGE = 32;

/** All scenarios, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  throughput('get', `get, ${SMALL} bytes`, 'get', nodes.small, { targets: all }),
  throughput('set', `set, ${SMALL} bytes`, 'set', nodes.small),
  throughput('exists', 'exists', 'exists', nodes.small),
  throughput('create', 'create, ephemeral sequential', 'create', nodes.made),
  throughput('children', `children of ${CHILDREN}`, 'children', nodes.children, {
    depth: DEPTH_OF_LARGE,
  }),
  throughput('get-100k', `get, ${LARGE / 1024} KiB`, 'get', nodes.large, {
    depth: DEPTH_OF_LARGE,
    targets: all,
  }),
  throughput('multi', 'multi of 10 sets', 'multi', nodes.small),
  {
    ...throughput('lone', 'a lone get', 'get', nodes.small, { depth: 1 }),
    kind: 'latency',
    metrics: latencyMetrics,
  },
  {
    ...throughput('load', 'a get under load', 'get', nodes.small),
    kind: 'latency',
    metrics: [...latencyMetrics, loopMetric],
  },
  {
    ...throughput('watch-memory', 'memory of pending watches', 'exists', nodes.watched),
    kind: 'watch-memory',
    metrics: [
      { id: 'bytesPerWatch', title: 'resident', unit: 'bytes/watch', better: 'less' },
      { id: 'heapBytesPerWatch', title: 'in the heap of V8', unit: 'bytes/watch', better: 'less' },
    ],
    targets: ['stub'],
  },
  {
    ...throughput('watch-return', 'watches back after a cut', 'exists', nodes.watched),
    kind: 'watch-return',
    metrics: [{ id: 'milliseconds', title: 'all back after', unit: 'ms', better: 'less' }],
  },
];
