import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildWireStub } from '../build/programs.js';
import { onJsonLines } from './lines.js';
import type { Cuttable, Target } from './target.js';

type StubMessage =
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'watches'; readonly count: number }
  | { readonly event: 'cut' }
  | { readonly event: 'end'; readonly requests: number; readonly reads: number };

/** The program in bench/wire-stub. It ends with this process. */
export class WireStub implements Target {
  readonly id = 'stub';
  readonly title = 'wire stub';
  readonly address: string;
  readonly #child: ChildProcess;
  #watches = 0;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.address = `127.0.0.1:${port}`;
  }

  static async start(): Promise<WireStub> {
    const program = await buildWireStub();
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    return new Promise((resolve, reject) => {
      let stub: WireStub;
      child.once('error', reject);
      onJsonLines<StubMessage>(child.stdout, (message) => {
        if (message.event === 'listening') {
          stub = new WireStub(child, message.port);
          resolve(stub);
        } else if (message.event === 'watches') {
          stub.#watches = message.count;
        }
      });
    });
  }

  async cuttable(): Promise<Cuttable> {
    return {
      address: this.address,
      cut: () => {
        this.#watches = 0;
        this.#child.stdin?.write('cut\n');
      },
      watches: async () => this.#watches,
      close: () => {},
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }
}
