/** Where the measured client connects to, in a way that its connection can be cut. */
export interface Cuttable {
  readonly address: string;
  /** Drops the connection of the client. */
  cut(): void;
  /** How many watches the client has set since then. */
  watches(): Promise<number>;
  close(): void;
}

/** What clients are measured against. */
export interface Target {
  readonly id: 'stub' | 'server' | 'tls';
  /** For people: what it is, and its version. */
  readonly title: string;
  readonly address: string;
  /** The path of the authority's certificate, where the server speaks TLS. */
  readonly ca?: string;
  cuttable(): Promise<Cuttable>;
  stop(): Promise<void>;
}
