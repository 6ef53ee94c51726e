import { emptyReply } from '../../dist/records.js';
import { type Request, Requests } from '../../dist/requests.js';

type Name = string | number;

/** Requests that go nowhere, and what became of each. */
export class RequestLog {
  readonly requests = new Requests(() => {
    this.idle += 1;
  });
  /** What was handed to the C client: names, and the ids they went under, in order. */
  readonly sent: Name[] = [];
  readonly ids: number[] = [];
  /** What was settled: names and codes, in order. */
  readonly settled: Name[] = [];
  readonly codes: number[] = [];
  /** How often nothing was left to be settled. */
  idle = 0;

  /** Hands it to the C client, which answers with a code. */
  readonly sender =
    (name: Name, rc = 0) =>
    (id: number): number => {
      this.sent.push(name);
      this.ids.push(id);
      return rc;
    };

  readonly settler =
    (name: Name) =>
    ({ rc }: { rc: number }): void => {
      this.settled.push(name);
      this.codes.push(rc);
    };

  request(name: Name, rc = 0): Request {
    return { send: this.sender(name, rc), settle: this.settler(name) };
  }

  submit(...names: readonly Name[]): void {
    for (const name of names) this.requests.submit(this.request(name));
  }

  /** Makes a request that the C client refuses. */
  submitRefused(name: Name, rc: number): void {
    this.requests.submit(this.request(name, rc));
  }

  /** The reply of what was sent as the first, second, … */
  answer(index: number, rc = 0): void {
    this.answerId(this.ids[index] as number, rc);
  }

  answerId(id: number, rc = 0): void {
    const request = this.requests.take(id);
    if (request !== undefined) this.requests.settle(request, emptyReply(rc));
  }
}
